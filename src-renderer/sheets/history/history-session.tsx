import { useId } from 'react';
import type { HandOffMethod, SessionRecord } from '../../../src-main/contract/ledger.ts';
import type { Account } from '../../../src-main/contract/ui-state.ts';
import { useApp, useTexts } from '../../context/app-context.ts';
import { AccessKeyId } from '../../parts/access-key-id.tsx';
import { AccountId } from '../../parts/account-id.tsx';
import { AccountDot, ProductionLabel } from '../../parts/account-mark.tsx';
import { Button } from '../../parts/button.tsx';
import { fromHome } from '../../../src-main/core/folder-name.ts';
import { Unverified } from '../../parts/unverified.tsx';
import { useIsOver } from '../../context/use-clock.ts';
import styles from './history-session.module.css';

type HistorySessionProps = {
  readonly record: SessionRecord;
  /** The start of the day that the record is listed under, which its times need not repeat. */
  readonly day: number;
  /** Null when the app no longer knows it. */
  readonly account: Account | null;
  readonly home: string;
};

/** A session, who got it, and how it ended. */
export function HistorySession({ record, day, account, home }: HistorySessionProps) {
  const { t, moment, number } = useTexts();
  const timesId = useId();
  const until = record.ended?.at ?? record.expiresAt;
  const { earlierHandOffs } = record;
  const accountName = account?.name ?? record.accountAlias;
  return (
    <div className={styles.session}>
      <p className={styles.heading}>
        <strong>{record.profile}</strong> <Outcome record={record} />
      </p>
      <p className={styles.account}>
        {account !== null && <AccountDot account={account} />} <AccountId accountId={record.accountId} size="small" />{' '}
        {accountName !== null && <span>{accountName}</span>} {account?.production === true && <ProductionLabel />}
      </p>
      <p id={timesId} className={`${styles.words} ${styles.times}`}>
        <span>{t('history.span', { from: moment(Date.parse(record.at), day), until: moment(Date.parse(until), day) })}</span>{' '}
        <span>
          {record.role === null ? t('history.user', { user: record.sessionName }) : t('history.role', { role: record.role, session: record.sessionName })}
          {record.policies !== undefined && ` (${record.policies.join(', ')})`}
          {record.codeFrom !== undefined && ` (${t('history.codeFrom', { program: record.codeFrom })})`}
        </span>
      </p>
      <div className={styles.key}>
        <AccessKeyId accessKeyId={record.accessKeyId} /> <ActivityButton record={record} describedBy={timesId} />
      </div>
      {record.handOffs.length > 0 && (
        <ul aria-label={t('history.handOffs')} className={styles.handOffs}>
          {record.handOffs.map((handOff, index) => (
            <HandOff key={index} handOff={handOff} day={day} home={home} />
          ))}
          {earlierHandOffs > 0 && <li className={styles.earlier}>{t('history.earlier', { number: number(earlierHandOffs) })}</li>}
        </ul>
      )}
    </div>
  );
}

/** Every record has a button of this name. The session's times describe it, to tell them apart. */
function ActivityButton({ record: { profile, accessKeyId }, describedBy }: { readonly record: SessionRecord; readonly describedBy: string }) {
  const { api, texts } = useApp();
  return (
    <Button tone="quiet" aria-describedby={describedBy} onClick={() => void api.showActivity({ profile, accessKeyId })}>
      {texts.t('activity.menu')}
    </Button>
  );
}

/** How the session ended, in words; when it ended is shown with the session's times. */
function Outcome({ record: { ended, expiresAt } }: { readonly record: SessionRecord }) {
  const { t } = useTexts();
  const over = useIsOver(Date.parse(expiresAt));
  const how = ended?.how ?? (over ? 'expired' : null);
  switch (how) {
    case null:
      return <span className={styles.live}>{t('history.live')}</span>;
    case 'ended':
      return <span className={styles.ended}>{t('history.ended')}</span>;
    case 'renewed':
      return <span className={styles.ended}>{t('history.renewed')}</span>;
    case 'profile-changed':
      return <span className={styles.ended}>{t('history.profileChanged')}</span>;
    case 'refused':
      return <span className={styles.refused}>{t('history.refused')}</span>;
    case 'revoked':
      return <span className={styles.ended}>{t('history.revokedSession')}</span>;
    case 'expired':
      return <span className={styles.ended}>{t('history.expired')}</span>;
  }
}

type HandOffProps = { readonly handOff: SessionRecord['handOffs'][number]; readonly day: number; readonly home: string };

function HandOff({ handOff: { at, way, credentials, program }, day, home }: HandOffProps) {
  const { t, moment } = useTexts();
  return (
    <li className={styles.handOff}>
      <span className={styles.time}>{moment(Date.parse(at), day)}</span>{' '}
      <span>
        <span className={styles.words}>
          {program !== null && <strong className={styles.program}>{program.command}</strong>} <span>{wayText(way)}</span>{' '}
          {both(way) && <span>{credentials === 'static' ? t('history.static') : t('history.renewable')}</span>}
        </span>{' '}
        {program !== null && (
          <span className={`${styles.words} ${styles.detail}`}>
            <span>{t('mfa.pid', { pid: String(program.pid) })}</span> {program.folder !== null && <span>{fromHome(program.folder, home)}</span>}{' '}
            <Unverified program={program} />
          </span>
        )}
      </span>
    </li>
  );

  function wayText(of: HandOffMethod): string {
    switch (of) {
      case 'credential-process':
        return t('history.credentialProcess');
      case 'exec':
        return t('history.exec');
      case 'export':
        return t('history.export');
      case 'terminal':
        return t('history.terminal');
      case 'clipboard':
        return t('history.clipboard');
      case 'console':
        return t('history.console');
    }
  }
}

/** Whether this method can hand off either kind of credentials. The others have only one kind, which needs no mention. */
function both(way: HandOffMethod): boolean {
  return way === 'terminal' || way === 'exec';
}
