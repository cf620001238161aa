import { readOnlyName } from '../../../src-main/contract/limits.ts';
import type { LimitedSession } from '../../../src-main/contract/ui-state.ts';
import { useTexts } from '../../context/app-context.ts';
import { useToday } from '../../context/use-clock.ts';
import styles from './limited-sessions.module.css';

/** The sessions with session policies that programs have of a profile, or of its roles that have no card of their own. */
export function LimitedSessions({ sessions }: { readonly sessions: readonly LimitedSession[] }) {
  const { t, moment } = useTexts();
  const today = useToday();
  if (sessions.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={t('session.limitedList')}>
      {sessions.map(({ limitId, profile, policies, expiresAt }) => (
        <li key={limitId}>
          {t('session.limited', {
            profile,
            policies: policies.map((name) => (name === readOnlyName ? t('session.readOnly') : name)).join(', '),
            time: moment(expiresAt, today),
          })}
        </li>
      ))}
    </ul>
  );
}
