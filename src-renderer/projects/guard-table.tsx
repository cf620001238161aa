import type { GuardReport, GuardRow } from '../../src-main/contract/guard.ts';
import { roleArnPattern } from '../../src-main/contract/limits.ts';
import type { Settings } from '../../src-main/contract/settings.ts';
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
  /** How accounts are marked now; the report has how they were when the project was checked. */
  readonly known: Pick<Settings, 'accounts' | 'accountColors'>;
};

/** Where each provider leads: its region and the verdict, and below them account and role. */
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
    <table className={styles.table} aria-label={t('guard.providers')}>
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
  const marked = account && accountFor(account.accountId, known);
  const name = marked?.name ?? account?.name;
  const role = row.roles.length === 0 ? t('guard.noRole') : t('guard.role', { role: row.roles.map(roleName).join(' → ') });
  return (
    <>
      <tr>
        <th scope="row" className={styles.provider}>
          <span className={styles.address}>{row.address}</span> {row.region !== null && <span className={styles.region}>{row.region}</span>}
        </th>
        <td className={styles.verdict}>
          <VerdictMark verdict={row.verdict} />
        </td>
        <td className={styles.reached}>
          {marked === null ? (
            t('guard.notKnown')
          ) : (
            <span className={styles.account}>
              <AccountDot account={marked} />
              <AccountId accountId={marked.accountId} size="small" />
              <MarkAccountButton account={{ ...marked, name: name ?? null }} known={known.accounts} />
              {marked.production && <ProductionLabel />}
            </span>
          )}
          <span className={styles.detail}>
            {name && <span>{name}</span>} <span>{role}</span>
          </span>
        </td>
      </tr>
      {row.reason !== null && (
        <tr>
          <td className={styles.reason}>
            <ErrorText error={row.reason} />
          </td>
        </tr>
      )}
    </>
  );
}

/** The role's name alone, as its account is shown beside it; the whole text where it is not an ARN. */
function roleName(role: string): string {
  return roleArnPattern.exec(role)?.[1] ?? role;
}
