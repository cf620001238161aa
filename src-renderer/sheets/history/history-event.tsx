import type { HistoryRecord } from '../../../src-main/contract/ledger.ts';
import { useTexts } from '../../context/app-context.ts';
import { arnName } from '../../texts/arn-name.ts';
import styles from './history-event.module.css';

type Event = Exclude<HistoryRecord, { record: 'session' }>;

/** A change that belongs to no single session: to the policies that revoke, or to the access keys. */
export function HistoryEvent({ record, day }: { readonly record: Event; readonly day: number }) {
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
      case 'access-key':
        return keySentence(record);
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
