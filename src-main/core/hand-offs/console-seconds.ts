import type { HeldSession } from '../../contract/ui-state.ts';
import { remaining } from '../sessions/session.ts';

/** The limits of `SessionDuration` (IAM user guide, "Enable custom identity broker access to the AWS console"). */
const secondsMin = 900;
const secondsMax = 43_200;

/**
 * How long the console's session is to last, in seconds: what is left of the role session. Null when AWS
 * accepts no duration, because the role session was made from another session, or may have been by what gave it from
 * outside the app, and when less is left than the shortest duration.
 */
export function consoleSeconds(session: Pick<HeldSession, 'origin' | 'expiresAt'>, now: number): number | null {
  const left = Math.floor(remaining(session, now) / 1000);
  return session.origin !== 'code' || left < secondsMin ? null : Math.min(left, secondsMax);
}
