import type { Profile, SessionState } from '../../../src-main/contract/ui-state.ts';
import { isLive, renewedBy, shownEnd } from '../../../src-main/core/sessions/session.ts';
import { useTexts } from '../../context/app-context.ts';
import { useCountdown, useToday } from '../../context/use-clock.ts';
import { sessionCountdown } from '../../time/countdown.ts';
import styles from './session-time.module.css';

type Live = Extract<SessionState, { kind: 'active' | 'expiring' }>;

/** How long a session lasts, or when it ran out. Of one that renews itself only small, as nobody needs to think of its end. */
export function SessionTime({ profile, profiles }: { readonly profile: Profile; readonly profiles: readonly Profile[] }) {
  const { session } = profile;
  if (session.kind === 'expired') return <RanOut at={session.expiredAt} />;
  return isLive(session) ? <TimeLeft session={session} renewed={renewedBy(profile, profiles) !== null} /> : null;
}

function TimeLeft({ session, renewed }: { readonly session: Live; readonly renewed: boolean }) {
  const { t, duration } = useTexts();
  const secondsLeft = useCountdown(sessionCountdown, shownEnd(session));
  const soon = session.kind === 'expiring' ? styles.soon : styles.left;
  return (
    <span role="timer" aria-label={t('session.timeLeft')} className={renewed ? styles.renewed : soon}>
      {duration(secondsLeft)}
    </span>
  );
}

function RanOut({ at }: { readonly at: number }) {
  const { t, moment } = useTexts();
  const today = useToday();
  return <p className={styles.ranOut}>{t('session.ranOut', { time: moment(at, today) })}</p>;
}
