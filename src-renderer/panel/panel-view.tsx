import { History, Settings } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { useApp, useTexts } from '../context/app-context.ts';
import { explainsEmptiness, FirstRun } from '../onboarding/first-run.tsx';
import { FirstSteps } from '../onboarding/first-steps.tsx';
import { OtherTools } from '../onboarding/other-tools.tsx';
import { Button, IconButton } from '../parts/button.tsx';
import { NoticeBar } from '../parts/notice-bar.tsx';
import { Shortcuts } from './shortcut-sheet.tsx';
import { Projects } from '../projects/projects.tsx';
import { SheetDialog } from '../sheets/sheet-dialog.tsx';
import { limitedOn, renewedBy } from '../../src-main/core/sessions/session.ts';
import { CardMenu } from './card/card-menu.tsx';
import { KeychainNote } from './notes/keychain-note.tsx';
import { panelOrder } from './list/panel-order.ts';
import { RuntimeNote } from './notes/runtime-note.tsx';
import { TrayNote } from './notes/tray-note.tsx';
import styles from './panel-view.module.css';
import { Problems } from './notes/problems.tsx';
import { ProfileCard } from './card/profile-card.tsx';
import { ProfileFinder } from './list/profile-finder.tsx';
import { ProfileList } from './list/profile-list.tsx';
import { findProfiles, searchIndex } from './list/profile-search.ts';
import { RevocationNotes } from './notes/revocation-notes.tsx';

/** With fewer profiles than this, looking is quicker than searching. */
const profilesToFind = 5;

export function PanelView({ state }: { readonly state: UiState }) {
  const { api, texts } = useApp();
  const { profiles, problems, files } = state;
  const scroller = useRef<HTMLElement>(null);
  const above = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');
  const { shown, found } = useFound(state, typed);
  const { cards, groups } = panelOrder(shown, state.settings);
  const find = (next: string) => {
    setTyped(next);
    // Enter goes to the first hit, which is at the top.
    scroller.current?.scrollTo(0, 0);
  };
  const reason = profiles.length > 0 ? null : (problems.find(explainsEmptiness) ?? null);
  return (
    <div className={styles.panel}>
      <header className={styles.header}>
        <h1>{texts.t('panel.heading')}</h1>
        <div className={styles.tools}>
          <IconButton label={texts.t('history.title')} shortcut="history" onClick={() => void api.showHistory({})}>
            <History size={16} aria-hidden />
          </IconButton>
          <Shortcuts />
          <IconButton label={texts.t('panel.settings')} shortcut="settings" onClick={() => void api.openSettings({})}>
            <Settings size={16} aria-hidden />
          </IconButton>
        </div>
      </header>
      <main ref={scroller} className={styles.content}>
        {profiles.length >= profilesToFind && <ProfileFinder typed={typed} change={find} found={found} enter={() => focusFirst(scroller.current)} />}
        <CardMenu state={state}>
          <div ref={above} className={styles.above}>
            <FirstSteps state={state} />
            <OtherTools state={state} />
            {profiles.length === 0 && <FirstRun reason={reason} state={state} />}
            <Problems problems={problems.filter((problem) => problem !== reason)} files={files} />
            <RuntimeNote desktop={state.desktop} />
            <TrayNote desktop={state.desktop} />
            <KeychainNote keychain={state.keychain} profiles={profiles} />
            <RevocationNotes revocations={state.settings.revocations} />
            {cards.map((profile) => (
              <ProfileCard
                key={profile.name}
                profile={profile}
                account={'identity' in profile.session ? (state.accounts[profile.session.identity.accountId] ?? null) : null}
                renewedBy={renewedBy(profile, profiles)}
                exportShell={state.settings.exportShell}
                limited={limitedOn(profile, state)}
                keyCreatedAt={profile.role === null ? (state.settings.accessKeyDates[profile.name]?.createdAt ?? null) : null}
                keyWarnDays={state.settings.accessKeyWarnDays}
              />
            ))}
            {found === null && <Projects state={state} />}
            {found === 0 && <NothingFound typed={typed} clear={() => find('')} />}
          </div>
          {groups.length > 0 && <ProfileList groups={groups} state={state} scroller={scroller} above={above} />}
        </CardMenu>
      </main>
      {/* An open sheet is in front of this bar, and shows the notice itself. */}
      <NoticeBar notice={state.sheet === null ? state.notice : null} />
      <SheetDialog state={state} />
    </div>
  );
}

/** The profiles that match what was typed, and how many they are; all of them when nothing is typed. */
function useFound({ profiles, accounts, settings }: UiState, typed: string) {
  const query = typed.trim();
  const { profileAccounts } = settings;
  const index = useMemo(() => searchIndex({ profiles, accounts, settings: { profileAccounts } }), [profiles, accounts, profileAccounts]);
  const shown = useMemo(() => (query === '' ? profiles : findProfiles(profiles, index, query)), [profiles, index, query]);
  return { shown, found: query === '' ? null : shown.length };
}

function NothingFound({ typed, clear }: { readonly typed: string; readonly clear: () => void }) {
  const { t } = useTexts();
  return (
    <div className={styles.nothing}>
      <p>{t('list.nothing', { typed })}</p>
      <Button onClick={clear}>{t('list.clear')}</Button>
    </div>
  );
}

/** Puts the focus on the first thing to do with the first profile that is shown. */
function focusFirst(panel: HTMLElement | null): void {
  panel?.querySelector<HTMLElement>('article button[data-row-action]')?.focus();
}
