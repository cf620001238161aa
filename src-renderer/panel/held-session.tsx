import type { ReactNode } from 'react';
import type { ExportShell } from '../../src-main/contract/settings.ts';
import type { SessionState } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../app-context.ts';
import { Button } from '../parts/button.tsx';
import { fractionLeft, sessionCountdown } from '../time/countdown.ts';
import { useCountdown, useToday } from '../time/use-clock.ts';
import { CopyExports } from './copy-exports.tsx';
import styles from './held-session.module.css';
import { SessionIdentity } from './session-identity.tsx';
import { TimeRing } from './time-ring.tsx';

type HeldSessionProps = {
  readonly profile: string;
  readonly session: Extract<SessionState, { kind: 'active' | 'expiring' }>;
  readonly heading: ReactNode;
  readonly exportShell: ExportShell;
};

/** The three answers at a glance: which account, how long, and how it gets into a terminal. */
export function HeldSession({ profile, session, heading, exportShell }: HeldSessionProps) {
  const { api, texts } = useApp();
  const { t, duration, moment } = texts;
  const today = useToday();
  const secondsLeft = useCountdown(sessionCountdown, session.expiresAt);
  const soon = session.kind === 'expiring';

  return (
    <>
      <SessionIdentity
        heading={heading}
        identity={session.identity}
        mark={<TimeRing fraction={fractionLeft(session, secondsLeft)} soon={soon} />}
      />
      <p className={styles.time}>
        <span role="timer" aria-label={t('session.timeLeft')} className={soon ? styles.soon : styles.left}>
          {duration(secondsLeft)}
        </span>
        <span className={styles.until}>{t('session.until', { time: moment(session.expiresAt, today) })}</span>
      </p>
      <div className={styles.actions}>
        <CopyExports profile={profile} exportShell={exportShell} />
        <Button onClick={() => void api.openTerminal({ profile })}>
          {t('session.openTerminal')}
        </Button>
        <Button tone={soon ? 'primary' : 'quiet'} onClick={() => void api.requestSession({ profile })}>
          {t('session.renew')}
        </Button>
        <Button tone="quiet" onClick={() => void api.endSession({ profile })}>
          {t('session.end')}
        </Button>
      </div>
    </>
  );
}
