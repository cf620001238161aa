import type { Account } from '../../src-main/contract/ui-state.ts';
import { nameMax, shortened } from '../../src-main/core/printable.ts';
import { useTexts } from '../context/app-context.ts';
import { AccountId } from '../parts/account-id.tsx';
import styles from './production-band.module.css';

type ProductionBandProps = {
  readonly account: Pick<Account, 'accountId' | 'name'>;
  /** The account's ID stands right below anyway, so that a name is enough. */
  readonly isIdBelow?: boolean;
};

/**
 * Says across the whole width that what is below it is about production: *PRODUCTION · prod-eu · 2222-2222-2222*.
 * It reaches over the padding of what it stands in by `--band-inset`, 0 where that is not set.
 */
export function ProductionBand({ account: { accountId, name }, isIdBelow = false }: ProductionBandProps) {
  const { t } = useTexts();
  return (
    <p className={styles.band}>
      <span className={styles.facts}>
        <span className={styles.word}>{t('account.production')}</span> {name !== null && <span>{shortened(name, nameMax)}</span>}{' '}
        {!(isIdBelow && name !== null) && <AccountId accountId={accountId} size="small" />}
      </span>
    </p>
  );
}
