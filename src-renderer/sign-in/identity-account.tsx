import type { Account } from '../../src-main/contract/ui-state.ts';
import { AccountDot, ProductionLabel } from '../parts/account-mark.tsx';
import styles from './sign-in-view.module.css';

/** The account as it is marked in the other windows: its colour, its name where it has one, and whether it is production. */
export function IdentityAccount({ account }: { readonly account: Account }) {
  const { name, production } = account;
  return (
    <span className={styles.account}>
      <AccountDot account={account} /> {name !== null && <span>{name}</span>} {production && <ProductionLabel />}
    </span>
  );
}
