import { useId } from 'react';
import type { ExportShell } from '../../src-main/contract/settings.ts';
import type { Profile } from '../../src-main/contract/ui-state.ts';
import { ExpiredSession } from './expired-session.tsx';
import { FailedSession, NoSession, PendingSession } from './idle-session.tsx';
import { HeldSession } from './held-session.tsx';
import styles from './profile-card.module.css';

type ProfileCardProps = { readonly profile: Profile; readonly exportShell: ExportShell };

export function ProfileCard({ profile, exportShell }: ProfileCardProps) {
  const headingId = useId();
  const heading = (
    <h2 id={headingId} className={styles.name}>
      {profile.name}
    </h2>
  );
  return (
    <article aria-labelledby={headingId} className={styles.card}>
      {contents()}
    </article>
  );

  function contents() {
    const { name, session } = profile;
    switch (session.kind) {
      case 'active':
      case 'expiring':
        return <HeldSession profile={name} session={session} heading={heading} exportShell={exportShell} />;
      case 'expired':
        return <ExpiredSession profile={name} session={session} heading={heading} />;
      case 'none':
        return <NoSession profile={name} heading={heading} />;
      case 'awaiting-mfa':
      case 'starting':
        return <PendingSession profile={name} step={session.kind} heading={heading} />;
      case 'failed':
        return <FailedSession profile={name} error={session.error} heading={heading} />;
    }
  }
}
