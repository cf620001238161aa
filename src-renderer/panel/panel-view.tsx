import { Settings } from 'lucide-react';
import { useDeferredValue } from 'react';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../app-context.ts';
import { IconButton } from '../parts/button.tsx';
import { NoticeBar } from '../parts/notice-bar.tsx';
import { CardMenu } from './card-menu.tsx';
import { EmptyState, explainsEmptiness } from './empty-state.tsx';
import { KeychainNote } from './keychain-note.tsx';
import { panelOrder } from './panel-order.ts';
import styles from './panel-view.module.css';
import { Problems } from './problems.tsx';
import { ProfileCard } from './profile-card.tsx';
import { renewedBy } from '../state/role-session.ts';

/** More cards than any screen is high; thousands of others may come a moment after the first paint. */
const cardsAtFirst = 40;

export function PanelView({ state }: { readonly state: UiState }) {
  const { api, texts } = useApp();
  const { profiles, problems, files } = state;
  const cardsShown = useDeferredValue(Infinity, cardsAtFirst);
  const reason = profiles.length > 0 ? null : (problems.find(explainsEmptiness) ?? null);
  return (
    <div className={styles.panel}>
      <header className={styles.header}>
        <h1>{texts.t('panel.heading')}</h1>
        <IconButton label={texts.t('panel.settings')} onClick={() => void api.openSettings({})}>
          <Settings size={16} aria-hidden />
        </IconButton>
      </header>
      <main className={styles.content}>
        {profiles.length === 0 && <EmptyState reason={reason} files={files} />}
        <Problems problems={problems.filter((problem) => problem !== reason)} files={files} />
        <KeychainNote keychain={state.keychain} profiles={profiles} />
        <CardMenu state={state}>
          {panelOrder(profiles).slice(0, cardsShown).map((profile) => (
            <ProfileCard
              key={profile.name}
              profile={profile}
              renewedBy={renewedBy(profile, profiles)}
              exportShell={state.settings.exportShell}
            />
          ))}
        </CardMenu>
      </main>
      <NoticeBar notice={state.notice} />
    </div>
  );
}
