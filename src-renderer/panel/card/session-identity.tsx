import type { ReactNode } from 'react';
import type { ForeignOrigin, Identity, Profile } from '../../../src-main/contract/ui-state.ts';
import { nameMax, shortened } from '../../../src-main/core/printable.ts';
import { useTexts } from '../../context/app-context.ts';
import { AccountId } from '../../parts/account-id.tsx';
import { ProductionLabel } from '../../parts/account-mark.tsx';
import { CopyAccountId } from './copy-account-id.tsx';
import type { CardParts } from './card-parts.ts';
import styles from './session-identity.module.css';

type SessionIdentityProps = CardParts & {
  readonly identity: Identity;
  /** What stands at the end of the account's line. */
  readonly mark?: ReactNode;
};

/** Which account the session is for, and as whom. */
export function SessionIdentity({ profile, account, heading, more, identity, mark }: SessionIdentityProps) {
  return (
    <>
      <div className={styles.heading}>
        {heading}
        {more}
      </div>
      <div className={styles.identity}>
        <div className={styles.words}>
          <p className={styles.account}>
            <AccountId accountId={identity.accountId} size="large" />
            <CopyAccountId accountId={identity.accountId} />
          </p>
          {account?.production === true && <ProductionLabel />}
          <Names identity={identity} account={account} role={profile.role} foreign={profile.foreign} />
        </div>
        {mark}
      </div>
    </>
  );
}

type NamesProps = Pick<CardParts, 'account'> & { readonly identity: Identity; readonly role: Profile['role']; readonly foreign: Profile['foreign'] };

function Names({ identity: { accountAlias, userName }, account, role, foreign }: NamesProps) {
  const { t } = useTexts();
  const accountName = account?.name ?? accountAlias;
  return (
    <p className={styles.names}>
      {accountName !== null && <span>{accountName}</span>}{' '}
      {role === null ? (
        <>
          <span>{userName}</span> {foreign !== null && <Origin foreign={foreign} />}
        </>
      ) : (
        <>
          <span>{t('session.role', { role: role.roleName })}</span> <span>{t('session.from', { source: role.sourceProfile })}</span>
        </>
      )}
    </p>
  );
}

/** Where credentials come from that the app only passes on. */
export function Origin({ foreign }: { readonly foreign: ForeignOrigin }) {
  const { t } = useTexts();
  switch (foreign.kind) {
    case 'temporary-key':
      return <span>{t('session.fromTemporaryKey')}</span>;
    case 'web-identity':
      return <span>{t('session.fromWebIdentity')}</span>;
    case 'machine':
      return <span>{t('session.fromMachine')}</span>;
    case 'command':
      return <span>{t('session.fromProgram', { program: shortened(foreign.program, nameMax) })}</span>;
  }
}
