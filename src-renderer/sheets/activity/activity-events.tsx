import { CircleX, ExternalLink, Eye, PencilLine } from 'lucide-react';
import type { ActivityEvent } from '../../../src-main/contract/sheet.ts';
import type { Account } from '../../../src-main/contract/ui-state.ts';
import { useApp, useTexts } from '../../context/app-context.ts';
import { IconButton } from '../../parts/button.tsx';
import styles from './activity-events.module.css';
import { arnName } from '../../texts/arn-name.ts';
import { Breakable, camelCase } from '../parts/breakable.tsx';

type Accounts = Readonly<Record<string, Account>>;

type ActivityEventsProps = {
  readonly events: readonly ActivityEvent[];
  readonly accounts: Accounts;
  /** Whether there are several, so that each event says its own. */
  readonly showRegion: boolean;
};

/** The events of a day. */
export function ActivityEvents({ events, ...shared }: ActivityEventsProps) {
  return (
    <ul className={styles.events}>
      {events.map((event) => (
        <Event key={event.eventId} event={event} {...shared} />
      ))}
    </ul>
  );
}

function Event({ event, accounts, showRegion }: Omit<ActivityEventsProps, 'events'> & { readonly event: ActivityEvent }) {
  const { api, texts } = useApp();
  const { name, service, region, error, assumed, consoleUrl, readOnly } = event;
  return (
    <li className={`${styles.event} ${readOnly ? styles.readOnly : ''}`}>
      <span className={styles.time}>{texts.second(Date.parse(event.at))}</span>
      <EventMark event={event} />
      <div>
        <p className={styles.name}>
          <Breakable text={name} at={camelCase} />
        </p>
        <p className={styles.detail}>
          <span>{service}</span> {showRegion && <span>{region}</span>}
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

/** Whether it failed, or changed something, as a shape that is found in a long list. That it failed is said in words as well. */
function EventMark({ event: { error, readOnly } }: { readonly event: ActivityEvent }) {
  const { t } = useTexts();
  if (error !== null) return <CircleX size={16} aria-hidden className={styles.failed} />;
  return readOnly ? <Eye size={16} role="img" aria-label={t('activity.read')} /> : <PencilLine size={16} role="img" aria-label={t('activity.changed')} />;
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
