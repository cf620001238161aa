import { RotateCw, SquareTerminal } from 'lucide-react';
import type { Profile, SessionState, UiState } from '../../../src-main/contract/ui-state.ts';
import { isLive, renewedBy, sessionRequest, shownEnd } from '../../../src-main/core/sessions/session.ts';
import { useApp, useTexts } from '../../context/app-context.ts';
import { useCountdown, useToday } from '../../context/use-clock.ts';
import { Button } from '../../parts/button.tsx';
import { fractionLeft, sessionCountdown } from '../../time/countdown.ts';
import { CopyExports } from './copy-exports.tsx';
import styles from './session-actions.module.css';
import { TimeBar } from './time-bar.tsx';

type SessionActionsProps = {
  readonly profile: Profile;
  readonly state: UiState;
  /** Whether something else comes first: other sessions, or the steps that say how to use one. */
  readonly quiet: boolean;
};

/** What is done with a session each day, of which one button is the first. The rest is in the card's menu. */
export function SessionActions({ profile, state, quiet }: SessionActionsProps) {
  const { session } = profile;
  const by = state.profiles.find(({ name }) => name === renewedBy(profile, state.profiles)) ?? null;
  if (!isLive(session)) {
    return (
      <div className={styles.actions}>
        <Renew profile={profile} />
      </div>
    );
  }
  const soon = session.kind === 'expiring';
  const renews = soon && by === null;
  return (
    <>
      {by === null ? <TimeUntil session={session} /> : <RenewedUntil by={by} />}
      <div className={`${styles.actions} ${renews ? styles.three : ''}`}>
        {renews && <Renew profile={profile} />}
        <OpenTerminal profile={profile} tone={soon || quiet ? 'plain' : 'primary'} first={!renews} />
        <CopyExports profile={profile.name} exportShell={state.settings.exportShell} />
      </div>
    </>
  );
}

function Renew({ profile }: Pick<SessionActionsProps, 'profile'>) {
  const { api, texts } = useApp();
  const { t } = texts;
  return (
    <Button
      shortcut="renew"
      tone="primary"
      data-row-action
      aria-label={t('session.ofProfile', { action: t('session.renew'), profile: profile.name })}
      onClick={() => void api.requestSession(sessionRequest(profile))}
    >
      <RotateCw size={16} aria-hidden />
      {t('session.renew')}
    </Button>
  );
}

type OpenTerminalProps = {
  readonly profile: Profile;
  readonly tone: 'plain' | 'primary';
  /** Whether it is the card's first button, which keys go to. */
  readonly first: boolean;
};

function OpenTerminal({ profile: { name: profileName }, tone, first }: OpenTerminalProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  return (
    <Button
      shortcut="terminal"
      tone={tone}
      {...(first ? { 'data-row-action': true } : {})}
      aria-label={t('session.ofProfile', { action: t('session.openTerminal'), profile: profileName })}
      onClick={() => void api.openTerminal({ profile: profileName })}
    >
      <SquareTerminal size={16} aria-hidden />
      {t('session.terminal')}
    </Button>
  );
}

type Live = Extract<SessionState, { kind: 'active' | 'expiring' }>;

function TimeUntil({ session }: { readonly session: Live }) {
  const { t, moment } = useTexts();
  const today = useToday();
  const end = shownEnd(session);
  const secondsLeft = useCountdown(sessionCountdown, end);
  return (
    <>
      <TimeBar fraction={fractionLeft({ issuedAt: session.issuedAt, expiresAt: end }, secondsLeft)} soon={session.kind === 'expiring'} />
      <p className={styles.until}>{session.endUnknown === true ? t('session.endUnknown') : t('session.until', { time: moment(end, today) })}</p>
    </>
  );
}

/** Until when the app renews a session without the user. */
function RenewedUntil({ by: { name: profileName, session } }: { readonly by: Profile }) {
  const { t, moment } = useTexts();
  const today = useToday();
  return isLive(session) ? <p className={styles.until}>{t('session.renewsItself', { profile: profileName, time: moment(shownEnd(session), today) })}</p> : null;
}
