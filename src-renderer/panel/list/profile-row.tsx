import { Star } from 'lucide-react';
import { useId } from 'react';
import type { Account, Profile } from '../../../src-main/contract/ui-state.ts';
import { useApp } from '../../context/app-context.ts';
import { AccountId } from '../../parts/account-id.tsx';
import { AccountDot, ProductionLabel } from '../../parts/account-mark.tsx';
import { Button, IconButton } from '../../parts/button.tsx';
import { sessionRequest } from '../../../src-main/core/sessions/session.ts';
import { MoreButton } from '../card/card-menu.tsx';
import { DirectOffer } from '../card/direct-offer.tsx';
import styles from './profile-row.module.css';

type ProfileRowProps = {
  readonly profile: Profile;
  /** Where its session would lead; null when that is not known before the first one. */
  readonly account: Account | null;
  readonly favourite: boolean;
  /** `h3` under the heading of a group, `h2` where the list has no such headings. */
  readonly heading: 'h2' | 'h3';
};

/** A profile without a session, on two lines. */
export function ProfileRow({ profile, account, favourite, heading: Heading }: ProfileRowProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const headingId = useId();
  const { name } = profile;
  return (
    <article aria-labelledby={headingId} className={styles.profile}>
      <div className={styles.row}>
        <div className={styles.title}>
          <Heading id={headingId} className={styles.name}>
            {name}
          </Heading>
          <Destination profile={profile} account={account} />
        </div>
        <IconButton label={t('list.favourite')} aria-pressed={favourite} onClick={() => void api.setFavourite({ profile: name, favourite: !favourite })}>
          <Star size={16} aria-hidden fill={favourite ? 'currentColor' : 'none'} />
        </IconButton>
        <Button shortcut="renew" data-row-action onClick={() => void api.requestSession(sessionRequest(profile))}>
          {t('session.start')}
        </Button>
        <MoreButton profile={name} />
      </div>
      <DirectOffer profile={profile} />
    </article>
  );
}

function Destination({ profile: { role }, account }: Pick<ProfileRowProps, 'profile' | 'account'>) {
  const { t } = useApp().texts;
  if (account === null) return <p className={styles.destination}>{t('session.none')}</p>;
  return (
    <div className={styles.account}>
      <AccountDot account={account} />
      <div className={styles.words}>
        <p className={styles.destination}>
          <AccountId accountId={account.accountId} size="small" /> {account.name !== null && <span>{account.name}</span>}{' '}
          {role !== null && (
            <>
              <span>{t('session.role', { role: role.roleName })}</span> <span>{t('session.from', { source: role.sourceProfile })}</span>
            </>
          )}
        </p>
        {account.production && <ProductionLabel />}
      </div>
    </div>
  );
}
