import type { ExportShell } from '../../../src-main/contract/settings.ts';
import type { SessionState } from '../../../src-main/contract/ui-state.ts';
import { useApp } from '../../context/app-context.ts';
import { Button } from '../../parts/button.tsx';
import { fractionLeft, sessionCountdown } from '../../time/countdown.ts';
import { useCountdown, useToday } from '../../context/use-clock.ts';
import type { CardParts } from './card-parts.ts';
import { CopyExports } from './copy-exports.tsx';
import styles from './held-session.module.css';
import { sessionRequest } from '../../../src-main/core/sessions/session.ts';
import { SessionIdentity } from './session-identity.tsx';
import { TimeRing } from './time-ring.tsx';

type Live = Extract<SessionState, { kind: 'active' | 'expiring' }>;

type HeldSessionProps = CardParts & {
  readonly session: Live;
  readonly renewedBy: string | null;
  readonly exportShell: ExportShell;
};

/** The three answers at a glance: which account, how long, and how it gets into a terminal. */
export function HeldSession({ session, renewedBy, exportShell, ...parts }: HeldSessionProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const { profile } = parts;
  const { name } = profile;
  const secondsLeft = useCountdown(sessionCountdown, session.expiresAt);
  const soon = session.kind === 'expiring';
  const ring = renewedBy === null ? <TimeRing fraction={fractionLeft(session, secondsLeft)} soon={soon} /> : null;

  return (
    <>
      <SessionIdentity {...parts} identity={session.identity} mark={ring} />
      {renewedBy === null ? <TimeLeft session={session} secondsLeft={secondsLeft} /> : <RenewedTime by={renewedBy} secondsLeft={secondsLeft} />}
      <div className={styles.actions}>
        <CopyExports profile={name} exportShell={exportShell} />
        <Button shortcut="terminal" onClick={() => void api.openTerminal({ profile: name })}>
          {t('session.openTerminal')}
        </Button>
        {renewedBy === null && (
          <Button shortcut="renew" tone={soon ? 'primary' : 'quiet'} onClick={() => void api.requestSession(sessionRequest(profile))}>
            {t('session.renew')}
          </Button>
        )}
        <Button shortcut="end" tone="quiet" onClick={() => void api.endSession({ profile: name })}>
          {t('session.end')}
        </Button>
      </div>
    </>
  );
}

function TimeLeft({ session, secondsLeft }: { readonly session: Live; readonly secondsLeft: number }) {
  const { t, duration, moment } = useApp().texts;
  const today = useToday();
  return (
    <p className={styles.time}>
      <span role="timer" aria-label={t('session.timeLeft')} className={session.kind === 'expiring' ? styles.soon : styles.left}>
        {duration(secondsLeft)}
      </span>
      <span className={styles.until}>
        {session.endUnknown === true ? t('session.endUnknown') : t('session.until', { time: moment(session.expiresAt, today) })}
      </span>
    </p>
  );
}

/** The time left of a session that renews itself, so that the user need not think of its end. */
function RenewedTime({ by, secondsLeft }: { readonly by: string; readonly secondsLeft: number }) {
  const { t, duration } = useApp().texts;
  return (
    <p className={styles.renewed}>
      <span role="timer" aria-label={t('session.timeLeft')}>
        {duration(secondsLeft)}
      </span>{' '}
      <span>{t('session.renewsItself', { profile: by })}</span>
    </p>
  );
}
