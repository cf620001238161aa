import type { Account } from '../../src-main/contract/ui-state.ts';
import type { AccountColor } from '../../src-main/contract/settings.ts';
import { useTexts } from '../context/app-context.ts';
import styles from './account-mark.module.css';

/** The account's colour. It only repeats what the account ID says, so it is hidden from screen readers. */
export function AccountDot({ account }: { readonly account: Pick<Account, 'color'> }) {
  return <span aria-hidden className={`${styles.dot} ${styles[account.color]}`} />;
}

/** Sets `--account`, the colour of an account, for what is inside. */
export function accountClass(color: AccountColor): string {
  return styles[color] ?? '';
}

/** In words as well as in colour. */
export function ProductionLabel() {
  const { t } = useTexts();
  return <span className={styles.label}>{t('account.production')}</span>;
}

/** Nothing of an account is closed to its root user. */
export function RootLabel() {
  const { t } = useTexts();
  return <span className={styles.label}>{t('account.root')}</span>;
}
