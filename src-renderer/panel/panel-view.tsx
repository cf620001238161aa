import { History, Settings } from 'lucide-react';
import { useMemo, useRef, useState, type ComponentProps } from 'react';
import type { Notice, Profile, UiState } from '../../src-main/contract/ui-state.ts';
import { isLive } from '../../src-main/core/sessions/session.ts';
import { useApp, useTexts, type AppServices } from '../context/app-context.ts';
import { explainsEmptiness, FirstRun } from '../onboarding/first-run.tsx';
import { FirstSteps, firstSteps, type FirstWay } from '../onboarding/first-steps.tsx';
import { Ready } from '../onboarding/ready.tsx';
import { OtherTools } from '../onboarding/other-tools.tsx';
import { Button, IconButton } from '../parts/button.tsx';
import { NoticeBar } from '../parts/notice-bar.tsx';
import { PinButton, useKeepsTyped, usePopover } from './popover/popover.tsx';
import { Shortcuts } from './shortcut-sheet.tsx';
import { Projects } from '../projects/projects.tsx';
import { SheetDialog } from '../sheets/sheet-dialog.tsx';
import { CardMenu } from './card/card-menu.tsx';
import { KeychainNote } from './notes/keychain-note.tsx';
import { panelOrder, type ProfileGroup } from './list/panel-order.ts';
import { ProductionNote } from './notes/production-note.tsx';
import { RuntimeNote } from './notes/runtime-note.tsx';
import { TrayNote } from './notes/tray-note.tsx';
import { UpdateNote } from './notes/update-note.tsx';
import styles from './panel-view.module.css';
import { Problems } from './notes/problems.tsx';
import { SessionCard } from './card/session-card.tsx';
import { ProfileFinder } from './list/profile-finder.tsx';
import { ProfileList } from './list/profile-list.tsx';
import { FirstProfiles } from './list/profile-rows.tsx';
import { TypedContext } from './match/match.tsx';
import { findProfiles, searchIndex } from './list/profile-search.ts';
import { SignInNotes } from './notes/sign-in-notes.tsx';
import { RevocationNotes } from './notes/revocation-notes.tsx';
import { Announcer } from './announcer.tsx';
import { useFocusPlace } from './use-focus-place.ts';
import { UndoButton } from './undo-button.tsx';
import { firstButtonOf, useProfileShortcuts } from './use-profile-shortcuts.ts';

/** With fewer profiles than this, looking is quicker than searching. */
const profilesToFind = 5;

export function PanelView({ state }: { readonly state: UiState }) {
  const { api, texts } = useApp();
  const { profiles, problems, files } = state;
  const panel = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLElement>(null);
  const above = useRef<HTMLDivElement>(null);
  usePopover(state);
  useKeepsTyped();
  const [typed, setTyped] = useState('');
  const [way, setWay] = useState<FirstWay | null>(null);
  const [shownInForm, setShownInForm] = useState<number | null>(null);
  const taken = firstSteps(state, way);
  // Where somebody signs in is the next step then, and stands right below it.
  const signsIn = taken?.steps.includes('sign-in') === true;
  const found = useFound(state, typed);
  const best = found?.[0] ?? null;
  const { cards, first, rest, headed } = useOrder(state, found);
  useFocusPlace(panel);
  const find = (next: string) => {
    setTyped(next);
    // The best hit is at the top.
    scroller.current?.scrollTo(0, 0);
  };
  const reason = profiles.length > 0 ? null : (problems.find(explainsEmptiness) ?? null);
  return (
    <div ref={panel} className={styles.panel}>
      <header className={styles.header}>
        <h1>{texts.t('panel.heading')}</h1>
        <div className={styles.tools}>
          <PinButton pinned={state.settings.panelPinned} />
          <IconButton label={texts.t('history.title')} shortcut="history" onClick={() => void api.showHistory({})}>
            <History size={16} aria-hidden />
          </IconButton>
          <Shortcuts act={useProfileShortcuts(state)} />
          <IconButton label={texts.t('panel.settings')} shortcut="settings" onClick={() => void api.openSettings({})}>
            <Settings size={16} aria-hidden />
          </IconButton>
        </div>
      </header>
      <main ref={scroller} className={styles.content}>
        {profiles.length >= profilesToFind && (
          <ProfileFinder
            typed={typed}
            change={find}
            found={found?.length ?? null}
            best={bestOf(best, texts)}
            enter={() => pressBest(scroller.current, best)}
            leave={() => focusFirst(scroller.current)}
          />
        )}
        <TypedContext value={typed}>
          <CardMenu state={state}>
            <div ref={above} className={styles.above}>
              {taken === null ? <Ready state={state} showsNotice={setShownInForm} /> : <FirstSteps taken={taken} />}
              {signsIn && <SignInNotes signIns={state.signIns} />}
              <OtherTools state={state} />
              {profiles.length === 0 && <FirstRun reason={reason} state={state} way={way} choose={setWay} showsNotice={setShownInForm} />}
              <Problems problems={problems.filter((problem) => problem !== reason)} files={files} />
              <RuntimeNote desktop={state.desktop} />
              <TrayNote desktop={state.desktop} />
              <KeychainNote keychain={state.keychain} profiles={profiles} />
              {!signsIn && <SignInNotes signIns={state.signIns} />}
              <ProductionNote state={state} />
              <RevocationNotes revocations={state.settings.revocations} />
              {cards.map(({ profile, below }) => (
                <SessionCard key={profile.name} profile={profile} state={state} place={below ? 'below' : 'own'} best={false} />
              ))}
              <FirstProfiles groups={first} state={state} headed={headed} />
              {found === null && <Projects state={state} />}
              {found === null && <UpdateNote state={state} />}
              {found?.length === 0 && <NothingFound typed={typed} clear={() => find('')} />}
            </div>
            {rest.length > 0 && <ProfileList groups={rest} headed={headed} state={state} best={best?.name ?? null} scroller={scroller} above={above} />}
          </CardMenu>
        </TypedContext>
      </main>
      <Announcer profiles={profiles} />
      {/* An open sheet is in front of this, and shows what comes meanwhile itself. */}
      <NoticeBar notice={state.sheet === null && state.notice?.noticeId !== shownInForm ? state.notice : null} action={undoOf} />
      <SheetDialog state={state} />
    </div>
  );
}

/** The profiles that match what was typed, the best first; null when nothing is typed. */
function useFound({ profiles, accounts, settings }: UiState, typed: string): readonly Profile[] | null {
  const query = typed.trim();
  const { profileAccounts } = settings;
  const searches = query !== '';
  // Of thousands of profiles it takes longer to make than the list to draw, so not before somebody types.
  const index = useMemo(
    () => (searches ? searchIndex({ profiles, accounts, settings: { profileAccounts } }) : null),
    [searches, profiles, accounts, profileAccounts],
  );
  return useMemo(() => (index === null ? null : findProfiles(profiles, index, query, settings)), [profiles, index, query, settings]);
}

/** What stands where. What was found is one list, whether it has a session or not, since the best hit comes first. */
function useOrder({ profiles, settings }: UiState, found: readonly Profile[] | null) {
  const { favourites, recents } = settings;
  return useMemo(() => {
    const all: readonly ProfileGroup[] = found === null || found.length === 0 ? [] : [{ kind: 'others', profiles: found }];
    if (found !== null) return { cards: [], first: [], rest: all, headed: false };
    const { cards, first, rest } = panelOrder(profiles, { favourites, recents });
    const headed = new Set([...first, ...rest].map(({ kind }) => kind)).size > 1;
    return { cards, first, rest, headed };
  }, [profiles, favourites, recents, found]);
}

function undoOf(notice: Notice) {
  return <UndoButton notice={notice} />;
}

/** What Enter does with the best hit, in words. */
function bestOf(best: Profile | null, { t }: AppServices['texts']): ComponentProps<typeof ProfileFinder>['best'] {
  if (best === null || best.session.kind === 'starting') return null;
  return { action: action(best.session), profile: best.name };

  function action(session: Profile['session']): string {
    if (session.kind === 'awaiting-mfa') return t('session.showPrompt');
    if (session.kind === 'expired' || session.kind === 'expiring') return t('session.renew');
    return isLive(session) ? t('session.openTerminal') : t('session.start');
  }
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

/** Does the first thing to do with the best hit, as its marked button says. Where it is not on the screen, it is only brought there. */
function pressBest(panel: HTMLElement | null, best: Profile | null): void {
  if (best === null) return;
  const button = firstButtonOf('profile', best.name);
  if (button === null) panel?.scrollTo(0, 0);
  else button.click();
}

/** Puts the focus on the first thing to do with the first profile that is shown. */
function focusFirst(panel: HTMLElement | null): void {
  panel?.querySelector<HTMLElement>('article [data-row-action]')?.focus();
}
