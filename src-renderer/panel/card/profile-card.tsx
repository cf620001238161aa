import { useId } from 'react';
import type { ExportShell } from '../../../src-main/contract/settings.ts';
import type { Account, LimitedSession, Profile } from '../../../src-main/contract/ui-state.ts';
import { accountClass } from '../../parts/account-mark.tsx';
import { MoreButton } from './card-menu.tsx';
import { ExpiredSession } from './expired-session.tsx';
import { FailedSession, PendingSession } from './idle-session.tsx';
import { HeldSession } from './held-session.tsx';
import { LimitedSessions } from './limited-sessions.tsx';
import { OldKeyNote } from './old-key-note.tsx';
import styles from './profile-card.module.css';

type ProfileCardProps = {
  readonly profile: Profile;
  /** The account of its session; null while it has none. */
  readonly account: Account | null;
  /** The user profile whose session renews this one without the user; null for every other session. */
  readonly renewedBy: string | null;
  readonly exportShell: ExportShell;
  /** What programs have of it beside its own session. */
  readonly limited: readonly LimitedSession[];
  /** When its access key was created, in epoch milliseconds; null where that is not known, and for a role profile. */
  readonly keyCreatedAt: number | null;
  /** The age from which an access key counts as old, in days; 0 for never. */
  readonly keyWarnDays: number;
};

export function ProfileCard({ profile, account, renewedBy, exportShell, limited, keyCreatedAt, keyWarnDays }: ProfileCardProps) {
  const headingId = useId();
  const heading = (
    <h2 id={headingId} className={styles.name}>
      {profile.name}
    </h2>
  );
  const more = (
    <div className={styles.more}>
      <MoreButton profile={profile.name} />
    </div>
  );
  const parts = { profile, account, heading, more };
  return (
    <article aria-labelledby={headingId} className={cardClass()}>
      {contents()}
      <LimitedSessions sessions={limited} />
    </article>
  );

  function cardClass(): string {
    if (account === null) return `${styles.card}`;
    return `${styles.card} ${styles.marked} ${accountClass(account.color)} ${account.production ? styles.production : ''}`;
  }

  function contents() {
    const { session } = profile;
    switch (session.kind) {
      case 'active':
      case 'expiring':
        return (
          <>
            <HeldSession {...parts} session={session} renewedBy={renewedBy} exportShell={exportShell} />
            {keyCreatedAt !== null && <OldKeyNote profile={profile.name} createdAt={keyCreatedAt} warnDays={keyWarnDays} />}
          </>
        );
      case 'expired':
        return <ExpiredSession {...parts} session={session} />;
      case 'none':
        return null; // a row of the list
      case 'awaiting-mfa':
      case 'starting':
        return <PendingSession {...parts} step={session.kind} />;
      case 'failed':
        return <FailedSession {...parts} error={session.error} />;
    }
  }
}
