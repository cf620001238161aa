import type { Account } from '../../src-main/contract/ui-state.ts';
import { accountClass } from '../parts/account-mark.tsx';
import styles from './account-band.module.css';
import { ProductionBand } from './production-band.tsx';

/** What stands on top of a window about one account: its colour, and of production what nobody may overlook. */
export function AccountBand({ account }: { readonly account: Account | null }) {
  if (account?.production === true) return <ProductionBand account={account} />;
  const color = account === null ? '' : accountClass(account.color);
  return <div aria-hidden className={`${styles.strip} ${color}`} />;
}
