import type { GuardReport, GuardRow, ReachedAccount } from '../../src-main/contract/guard.ts';
import { roleArnPattern } from '../../src-main/contract/limits.ts';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { accountFor } from '../../src-main/core/sessions/accounts.ts';
import { MarkAccountButton } from '../accounts/mark-account-button.tsx';
import { useTexts } from '../context/app-context.ts';
import { AccountId } from '../parts/account-id.tsx';
import { AccountDot, ProductionLabel } from '../parts/account-mark.tsx';
import { ErrorText } from '../parts/error-text.tsx';
import styles from './guard-table.module.css';
import { VerdictMark } from './verdict-mark.tsx';

type GuardTableProps = {
  readonly report: GuardReport;
  /** What the user chose for each account; the report has what it was when the project was checked. */
  readonly known: UiState['settings']['accounts'];
};

/** Where each provider leads: provider, role, account, region and verdict, on two lines each. */
export function GuardTable({ report, known }: GuardTableProps) {
  const { t } = useTexts();
  const { rows, obstacles } = report;
  if (rows.length === 0 && obstacles.length === 0) return <p>{t('guard.noProviders')}</p>;
  return (
    <>
      {rows.length > 0 && <Rows rows={rows} known={known} />}
      {obstacles.map((obstacle) => (
        <div key={obstacle.code} className={styles.reason}>
          <ErrorText error={obstacle} />
        </div>
      ))}
    </>
  );
}

function Rows({ rows, known }: Pick<GuardReport, 'rows'> & Pick<GuardTableProps, 'known'>) {
  const { t } = useTexts();
  return (
    <table className={styles.table}>
      <thead className={styles.head}>
        <tr>
          <th scope="col">{t('guard.provider')}</th>
          <th scope="col">{t('guard.account')}</th>
          <th scope="col" className={styles.verdict}>
            {t('guard.verdict')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.address} row={row} known={known} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, known }: Pick<GuardTableProps, 'known'> & { readonly row: GuardRow }) {
  const { t } = useTexts();
  const { account } = row;
  return (
    <>
      <tr>
        <th scope="row" className={styles.address}>
          {row.address}
          {row.region !== null && <span className={`${styles.detail} ${styles.region}`}>{row.region}</span>}
        </th>
        <td>
          {account === null ? t('guard.notKnown') : <Reached account={account} known={known} />}
          <span className={styles.detail}>{row.roles.length === 0 ? t('guard.noRole') : t('guard.role', { role: row.roles.map(roleName).join(' → ') })}</span>
        </td>
        <td className={styles.verdict}>
          <VerdictMark verdict={row.verdict} />
        </td>
      </tr>
      {row.reason !== null && (
        <tr>
          <td colSpan={3} className={styles.reason}>
            <ErrorText error={row.reason} />
          </td>
        </tr>
      )}
    </>
  );
}

function Reached({ account, known }: Pick<GuardTableProps, 'known'> & { readonly account: ReachedAccount }) {
  const marked = accountFor(account.accountId, known);
  const name = marked.name ?? account.name;
  return (
    <>
      <span className={styles.account}>
        <AccountDot account={marked} />
        <AccountId accountId={account.accountId} size="small" />
        <MarkAccountButton account={{ ...marked, name }} known={known} />
        {marked.production && <ProductionLabel />}
      </span>
      {name !== null && <span className={styles.detail}>{name}</span>}
    </>
  );
}

/** The role's name alone, as its account is shown beside it; the whole text where it is not an ARN. */
function roleName(role: string): string {
  return roleArnPattern.exec(role)?.[1] ?? role;
}
