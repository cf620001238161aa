import { useState } from 'react';
import type { GuardReport } from '../../src-main/contract/guard.ts';
import { useApp } from '../context/app-context.ts';
import { Button } from '../parts/button.tsx';
import { copyText } from '../parts/copy-text.ts';
import styles from './statements.module.css';

/** For a project that does not say which account it means: copies the lines that would say it, or binds the folder to the account. */
export function Statements({ report }: { readonly report: GuardReport }) {
  const { api, texts } = useApp();
  const { t } = texts;
  const [copied, setCopied] = useState(false);
  const { statementLines: lines, folder, workspace, boundTo, rows } = report;
  const reached = rows.flatMap(({ verdict, account }) => (verdict === 'unstated' && account !== null ? [account.accountId] : []));
  const matching = rows.flatMap(({ verdict, account }) => (verdict === 'match' && account !== null ? [account.accountId] : []));
  const accountIds = [...new Set([...boundTo, ...matching, ...reached])];
  if (reached.length === 0) return null;
  return (
    <div className={styles.statements}>
      <p>{t('guard.whyBoth')}</p>
      <div className={styles.actions}>
        {lines !== null && (
          <Button onClick={() => setCopied(copyText(lines))} onBlur={() => setCopied(false)}>
            {copied ? t('guard.linesCopied') : t('guard.copyLines')}
          </Button>
        )}
        <Button onClick={() => void api.bindProject({ folder, workspace, accountIds })}>{t('guard.bind', { accounts: accountIds.join(', ') })}</Button>
      </div>
    </div>
  );
}
