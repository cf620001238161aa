import type { HistoryRecord } from '../../../src-main/contract/ledger.ts';
import type { Account } from '../../../src-main/contract/ui-state.ts';
import { useTexts } from '../../context/app-context.ts';
import { arnName } from '../../texts/arn-name.ts';
import styles from './history-event.module.css';

type Event = Exclude<HistoryRecord, { record: 'session' }>;

type HistoryEventProps = {
  readonly record: Event;
  /** The start of the day that the record is listed under, which its times need not repeat. */
  readonly day: number;
  /** Those that the app knows now. */
  readonly accounts: Readonly<Record<string, Account>>;
};

/** A change that belongs to no single session: to the policies that revoke, to the access keys, or by a run. */
export function HistoryEvent({ record, day, accounts }: HistoryEventProps) {
  const { t, moment } = useTexts();
  return (
    <p className={styles.event}>
      <span className={styles.time}>{moment(Date.parse(record.at), day)}</span> <span>{sentence()}</span>
    </p>
  );

  function sentence(): string {
    const { profile } = record;
    switch (record.record) {
      case 'revoked':
        return t('history.revoked', { profile, name: arnName(record.arn), time: moment(Date.parse(record.issuedBefore), day), policy: record.policyName });
      case 'revocation-removed':
        return t('history.revocationRemoved', { profile, name: arnName(record.arn), policy: record.policyName });
      case 'reached':
        return reachedSentence(record);
      case 'access-key':
        return keySentence(record);
    }
  }

  function reachedSentence(reached: Extract<Event, { record: 'reached' }>): string {
    const { profile, accountId, role, outcome } = reached;
    const name = accounts[accountId]?.name ?? null;
    const account = name === null ? accountId : `${accountId} (${name})`;
    const program = reached.program ?? t('history.aProgram');
    if (role === null) {
      switch (outcome) {
        case 'reached':
          return t('history.reachedSession', { profile, program, account });
        case 'failed':
          return t('history.failedSession', { profile, program, account });
        case 'refused':
          return t('history.refusedSession', { profile, program, account });
      }
    }
    switch (outcome) {
      case 'reached':
        return t('history.reachedRole', { profile, program, account, role: arnName(role) });
      case 'failed':
        return t('history.failedRole', { profile, program, account, role: arnName(role) });
      case 'refused':
        return t('history.refusedRole', { profile, program, account, role: arnName(role) });
    }
  }

  function keySentence({ profile, accessKeyId: key, change }: Extract<Event, { record: 'access-key' }>): string {
    switch (change) {
      case 'created':
        return t('history.keyCreated', { profile, key });
      case 'put-in-place':
        return t('history.keyPutInPlace', { profile, key });
      case 'deactivated':
        return t('history.keyDeactivated', { profile, key });
      case 'deleted':
        return t('history.keyDeleted', { profile, key });
    }
  }
}
