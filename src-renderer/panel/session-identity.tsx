import type { ReactNode } from 'react';
import type { Identity } from '../../src-main/contract/ui-state.ts';
import { AccountId } from '../parts/account-id.tsx';
import styles from './session-identity.module.css';

type SessionIdentityProps = {
  readonly heading: ReactNode;
  readonly identity: Identity;
  /** What stands at the end of the line. */
  readonly mark?: ReactNode;
};

/** Which account, and as whom. */
export function SessionIdentity({ heading, identity, mark }: SessionIdentityProps) {
  return (
    <div className={styles.identity}>
      <div className={styles.words}>
        <div className={styles.heading}>{heading}</div>
        <p>
          <AccountId accountId={identity.accountId} size="large" />
        </p>
        <p className={styles.names}>
          {identity.accountAlias !== null && <span>{identity.accountAlias}</span>}{' '}
          <span>{identity.userName}</span>
        </p>
      </div>
      {mark}
    </div>
  );
}
