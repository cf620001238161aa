import { ExternalLink } from 'lucide-react';
import type { ActivityEvent } from '../../../src-main/contract/sheet.ts';
import type { Account } from '../../../src-main/contract/ui-state.ts';
import { useApp, useTexts } from '../../context/app-context.ts';
import { IconButton } from '../../parts/button.tsx';
import styles from './activity-events.module.css';
import { arnName } from '../../texts/arn-name.ts';
import { Breakable, camelCase } from '../parts/breakable.tsx';

type Accounts = Readonly<Record<string, Account>>;

/** The events of a day. */
export function ActivityEvents({ events, accounts }: { readonly events: readonly ActivityEvent[]; readonly accounts: Accounts }) {
  return (
    <ul className={styles.events}>
      {events.map((event) => (
        <Event key={event.eventId} event={event} accounts={accounts} />
      ))}
    </ul>
  );
}

function Event({ event, accounts }: { readonly event: ActivityEvent; readonly accounts: Accounts }) {
  const { api, texts } = useApp();
  const { name, service, region, error, assumed, consoleUrl, readOnly } = event;
  return (
    <li className={`${styles.event} ${readOnly ? styles.readOnly : ''}`}>
      <span className={styles.time}>{texts.second(Date.parse(event.at))}</span>
      <div>
        <p className={styles.name}>
          <Breakable text={name} at={camelCase} />
        </p>
        <p className={styles.detail}>
          <span>{service}</span> <span>{region}</span>
        </p>
        {error !== null && <p className={styles.error}>{texts.t('activity.error', { code: error })}</p>}
        {assumed !== null && <Assumed assumed={assumed} accounts={accounts} />}
      </div>
      {consoleUrl !== null && (
        <IconButton label={texts.t('activity.open', { event: name })} onClick={() => void api.openLink({ url: consoleUrl })}>
          <ExternalLink size={16} aria-hidden />
        </IconButton>
      )}
    </li>
  );
}

/** The role that was assumed, and the access key to look for next. */
function Assumed({ assumed: { roleArn, accessKeyId }, accounts }: { readonly assumed: NonNullable<ActivityEvent['assumed']>; readonly accounts: Accounts }) {
  const { t } = useTexts();
  const accountId = roleArn.split(':')[4] ?? '';
  const name = accounts[accountId]?.name ?? null;
  return (
    <p className={styles.detail}>
      {t('activity.assumed', { role: arnName(roleArn), key: accessKeyId, account: name === null ? accountId : `${accountId} (${name})` })}
    </p>
  );
}
