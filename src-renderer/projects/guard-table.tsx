import type { GuardReport, GuardRow } from '../../src-main/contract/guard.ts';
import { useTexts } from '../context/app-context.ts';
import { AccountId } from '../parts/account-id.tsx';
import { ProductionLabel } from '../parts/account-mark.tsx';
import { ErrorText } from '../parts/error-text.tsx';
import styles from './guard-table.module.css';
import { VerdictMark } from './verdict-mark.tsx';

/** Where each provider leads: provider, role, account, region and verdict, on two lines each. */
export function GuardTable({ report }: { readonly report: GuardReport }) {
  const { t } = useTexts();
  const { rows, obstacles } = report;
  if (rows.length === 0 && obstacles.length === 0) return <p>{t('guard.noProviders')}</p>;
  return (
    <>
      {rows.length > 0 && <Rows rows={rows} />}
      {obstacles.map((obstacle) => (
        <div key={obstacle.code} className={styles.reason}>
          <ErrorText error={obstacle} />
        </div>
      ))}
    </>
  );
}

function Rows({ rows }: Pick<GuardReport, 'rows'>) {
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
          <Row key={row.address} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { readonly row: GuardRow }) {
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
          <span className={styles.account}>
            {account === null ? t('guard.notKnown') : <AccountId accountId={account.accountId} size="small" />}
            {account?.production === true && <ProductionLabel />}
          </span>
          {account !== null && account.alias !== null && <span className={styles.detail}>{account.alias}</span>}
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

/** The account stands beside it; of what is no ARN all is shown. */
function roleName(role: string): string {
  return /^arn:[\w-]+:iam::\d{12}:role\/(.+)$/.exec(role)?.[1] ?? role;
}
