import { useMemo, useState } from 'react';
import type { HistoryRecord } from '../../../src-main/contract/ledger.ts';
import type { HistoryStep } from '../../../src-main/contract/sheet.ts';
import type { Account } from '../../../src-main/contract/ui-state.ts';
import { useApp, useTexts } from '../../context/app-context.ts';
import { byDay } from '../parts/by-day.ts';
import { Days, DaySection } from '../parts/days.tsx';
import { HistoryFilterField } from './history-filter-field.tsx';
import { filterHistory } from './history-filter.ts';
import { HistoryEvent } from './history-event.tsx';
import { HistorySession } from './history-session.tsx';
import styles from './history.module.css';
import { Asking, Failed, ShowMore } from '../parts/sheet-steps.tsx';
import sheet from '../parts/sheet.module.css';

type Known = { readonly accounts: Readonly<Record<string, Account>>; readonly home: string };

/** What was issued, when and to whom, the latest first. */
export function HistorySheet({ step, ...known }: Known & { readonly step: HistoryStep }) {
  const { api, texts } = useApp();
  switch (step.kind) {
    case 'asking':
      return <Asking what={texts.t('history.asking')} />;
    case 'failed':
      return <Failed error={step.error} again={() => void api.showHistory({})} />;
    case 'shown':
      if (step.records.length === 0) return <p className={sheet.quiet}>{texts.t('history.empty')}</p>;
      return <Timeline {...known} records={step.records} more={step.more} />;
  }
}

type TimelineProps = Known & { readonly records: readonly HistoryRecord[]; readonly more: boolean };

function Timeline({ records, more, accounts, home }: TimelineProps) {
  const { t } = useTexts();
  const [typed, setTyped] = useState('');
  const found = useMemo(() => filterHistory(records, typed), [records, typed]);
  return (
    <>
      <HistoryFilterField typed={typed} change={setTyped} />
      {found.length === 0 && (
        <p role="status" className={sheet.quiet}>
          {t('history.nothing', { typed })}
        </p>
      )}
      <Days>
        {byDay(found).map(({ day, entries }) => (
          <DaySection key={day} start={day}>
            <ul className={styles.records}>
              {entries.map((record) => (
                <li key={keyOf(record)}>
                  {record.record === 'session' ? (
                    <HistorySession record={record} day={day} account={accounts[record.accountId] ?? null} home={home} />
                  ) : (
                    <HistoryEvent record={record} day={day} accounts={accounts} />
                  )}
                </li>
              ))}
            </ul>
          </DaySection>
        ))}
      </Days>
      {more && <ShowMore asking={false} error={null} />}
    </>
  );
}

function keyOf(record: HistoryRecord): string {
  switch (record.record) {
    case 'session':
      return record.accessKeyId;
    case 'revoked':
    case 'revocation-removed':
      return `${record.record} ${record.at} ${record.arn}`;
    case 'reached':
      return `${record.run} ${record.accountId} ${record.role} ${record.outcome}`;
    case 'access-key':
      return `${record.change} ${record.at} ${record.accessKeyId}`;
  }
}
