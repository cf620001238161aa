import { UserRound } from 'lucide-react';
import { useId } from 'react';
import type { Account, Identity, Profile, UiState } from '../../../src-main/contract/ui-state.ts';
import { isRootArn } from '../../../src-main/core/aws-names/arn.ts';
import { isLive, limitedOn } from '../../../src-main/core/sessions/session.ts';
import { ProductionBand } from '../../accounts/production-band.tsx';
import { useTexts } from '../../context/app-context.ts';
import { AccountId } from '../../parts/account-id.tsx';
import { accountClass, RootLabel } from '../../parts/account-mark.tsx';
import { readyProfile } from '../../state/ready-profile.ts';
import { Match } from '../match/match.tsx';
import { MoreButton } from './card-menu.tsx';
import { CopyAccountId } from './copy-account-id.tsx';
import { LimitedSessions } from './limited-sessions.tsx';
import { OldKeyNote } from './old-key-note.tsx';
import { Origin } from './origin.tsx';
import { SessionActions } from './session-actions.tsx';
import styles from './session-card.module.css';
import { SessionTime } from './session-time.tsx';

type SessionCardProps = {
  readonly profile: Profile;
  readonly state: UiState;
  /** `below` another session that it is made from; `found` in the list of what was searched. */
  readonly place: 'own' | 'below' | 'found';
  /** Whether it is what Enter in the search field acts on. */
  readonly best: boolean;
};

/** A session that is live or has run out: which account, for how long, and how it gets into a terminal. Renders nothing for any other. */
export function SessionCard({ profile, state, place, best }: SessionCardProps) {
  const nameId = useId();
  const { name: profileName, role, session } = profile;
  if (!('identity' in session)) return null;
  const account = state.accounts[session.identity.accountId] ?? null;
  const createdAt = role === null ? (state.settings.accessKeyDates[profileName]?.createdAt ?? null) : null;
  return (
    <article aria-labelledby={nameId} data-profile={profileName} className={className(account)}>
      {account?.production === true && <ProductionBand account={account} isIdBelow />}
      <div className={styles.body}>
        <div className={styles.head}>
          {role === null && <UserRound size={16} aria-hidden className={styles.person} />}
          <Title profile={profile} account={account} nameId={nameId} />
          <SessionTime profile={profile} profiles={state.profiles} />
          <MoreButton profile={profileName} />
        </div>
        <Facts profile={profile} account={account} identity={session.identity} nameId={nameId} />
        <SessionActions profile={profile} state={state} quiet={readyProfile(state) !== null || hasRolesBelow(profile, state.profiles)} />
        {isLive(session) && createdAt !== null && <OldKeyNote profile={profileName} createdAt={createdAt} warnDays={state.settings.accessKeyWarnDays} />}
        <LimitedSessions sessions={limitedOn(profile, state)} />
      </div>
    </article>
  );

  function className(of: Account | null): string {
    const marks = of === null ? [] : [styles.marked, accountClass(of.color), of.production ? styles.production : ''];
    return [styles.card, styles[place], best ? styles.best : '', ...marks].join(' ');
  }
}

type TitleProps = { readonly profile: Profile; readonly account: Account | null; readonly nameId: string };

/** What is deployed to is an account, so a role's session is called by the name of its account, where that has one and no band says it. */
function Title({ profile: { name: profileName, role }, account, nameId }: TitleProps) {
  const called = titleAccount(role, account);
  return called === null ? (
    <h2 id={nameId} className={styles.title}>
      <Match text={profileName} />
    </h2>
  ) : (
    <h2 className={styles.title}>
      <Match text={called} />
    </h2>
  );
}

function titleAccount(role: Profile['role'], account: Account | null): string | null {
  return role === null || account === null || account.production ? null : account.name;
}

function Facts({ profile, account, identity, nameId }: TitleProps & { readonly identity: Identity }) {
  const { t } = useTexts();
  const { name: profileName, role, foreign } = profile;
  const called = account?.name ?? identity.accountAlias;
  return (
    <div className={styles.facts}>
      <span className={styles.account}>
        <AccountId accountId={identity.accountId} size="small" />
        <CopyAccountId accountId={identity.accountId} />
      </span>
      {isRootArn(identity.arn) && <RootLabel />}
      <p className={styles.names}>
        {role === null ? (
          <>
            {called !== null && (
              <span>
                <Match text={called} />
              </span>
            )}{' '}
            <span>{identity.userName}</span> {foreign !== null && <Origin foreign={foreign} />}
          </>
        ) : (
          <>
            {titleAccount(role, account) !== null && (
              <span id={nameId}>
                <Match text={profileName} />
              </span>
            )}{' '}
            <span>
              <Match text={t('session.role', { role: role.roleName })} />
            </span>{' '}
            <span>{t('session.from', { source: role.sourceProfile })}</span>
          </>
        )}
      </p>
    </div>
  );
}

/** Then those are what one deploys with, and their own buttons come first. */
function hasRolesBelow({ name, session }: Profile, profiles: readonly Profile[]): boolean {
  return isLive(session) && profiles.some((other) => other.name !== name && other.role?.userProfile === name && isLive(other.session));
}
