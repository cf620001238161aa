import { Star } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import type { AppError } from '../../../src-main/contract/app-error.ts';
import type { Account, Profile } from '../../../src-main/contract/ui-state.ts';
import { useApp } from '../../context/app-context.ts';
import { AccountId } from '../../parts/account-id.tsx';
import { AccountDot, ProductionLabel } from '../../parts/account-mark.tsx';
import { Button, IconButton } from '../../parts/button.tsx';
import { ErrorText } from '../../parts/error-text.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import { sessionRequest } from '../../../src-main/core/sessions/session.ts';
import { MoreButton } from '../card/card-menu.tsx';
import { DirectOffer } from '../card/direct-offer.tsx';
import { Origin } from '../card/origin.tsx';
import { Match } from '../match/match.tsx';
import styles from './profile-row.module.css';

type ProfileRowProps = {
  readonly profile: Profile;
  /** Where its session would lead; null when that is not known before the first one. */
  readonly account: Account | null;
  readonly favourite: boolean;
  /** `h3` under the heading of a group, `h2` where the list has no such headings. */
  readonly heading: 'h2' | 'h3';
  /** Whether it is what Enter in the search field acts on. */
  readonly best: boolean;
  /** Whether it is the only profile, so that its start is the first thing to do. */
  readonly only: boolean;
};

/** A profile without a session, on two lines; while its session starts, and with the reason when it did not. */
export function ProfileRow({ profile, account, favourite, heading: Heading, best, only }: ProfileRowProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const headingId = useId();
  const { name, session } = profile;
  return (
    <article aria-labelledby={headingId} aria-busy={session.kind === 'starting'} data-profile={name} className={`${styles.profile} ${best ? styles.best : ''}`}>
      <div className={styles.row}>
        <Heading id={headingId} className={styles.name}>
          <Match text={name} />
        </Heading>
        <div className={styles.tools}>
          <IconButton
            label={t('session.ofProfile', { action: t('list.favourite'), profile: name })}
            aria-pressed={favourite}
            onClick={() => void api.setFavourite({ profile: name, favourite: !favourite })}
          >
            <Star size={16} aria-hidden fill={favourite ? 'currentColor' : 'none'} />
          </IconButton>
          <StartButton profile={profile} only={only} />
          <MoreButton profile={name} />
        </div>
      </div>
      <Destination profile={profile} account={account} />
      {session.kind === 'failed' && <Refusal error={session.error} />}
      <DirectOffer profile={profile} />
    </article>
  );
}

/** Stays the same button until there is a session, so that it keeps the focus. Asking for a session again brings its prompt to the front. */
function StartButton({ profile, only }: Pick<ProfileRowProps, 'profile' | 'only'>) {
  const { api, texts } = useApp();
  const { t } = texts;
  const { name, session } = profile;
  const action = session.kind === 'starting' ? t('session.starting') : session.kind === 'awaiting-mfa' ? t('session.showPrompt') : t('session.start');
  return (
    <Button
      shortcut="renew"
      tone={only ? 'primary' : 'plain'}
      data-row-action
      aria-label={t('session.ofProfile', { action, profile: name })}
      busy={session.kind === 'starting'}
      onClick={() => void api.requestSession(sessionRequest(profile))}
    >
      {session.kind === 'starting' && <Spinner />}
      {action}
    </Button>
  );
}

/** Why there is no session. It is brought into view when it comes, since it may be below the end of the window. */
function Refusal({ error }: { readonly error: AppError }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), []);
  return (
    <div ref={place} role="alert" className={styles.error}>
      <ErrorText error={error} />
    </div>
  );
}

function Destination({ profile: { role, foreign, session }, account }: Pick<ProfileRowProps, 'profile' | 'account'>) {
  const { t } = useApp().texts;
  if (session.kind === 'awaiting-mfa' && account === null) return <p className={styles.destination}>{t('session.awaitingMfa')}</p>;
  if (account === null && foreign === null) return <p className={styles.destination}>{t('session.none')}</p>;
  return (
    <div className={styles.account}>
      {account !== null && <AccountDot account={account} />}
      <div className={styles.words}>
        <p className={styles.destination}>
          {account !== null && <AccountId accountId={account.accountId} size="small" />}{' '}
          {account !== null && account.name !== null && (
            <span>
              <Match text={account.name} />
            </span>
          )}{' '}
          {role !== null && (
            <>
              <span>
                <Match text={t('session.role', { role: role.roleName })} />
              </span>{' '}
              <span>{t('session.from', { source: role.sourceProfile })}</span>
            </>
          )}
          {foreign !== null && <Origin foreign={foreign} />}
        </p>
        {account?.production === true && <ProductionLabel />}
      </div>
    </div>
  );
}
