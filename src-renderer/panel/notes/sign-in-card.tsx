import { LogIn } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import type { SignedInIdentity, SignIn, SignInState } from '../../../src-main/contract/sign-in.ts';
import { nameMax, shortened } from '../../../src-main/core/printable.ts';
import { useApp, useTexts } from '../../context/app-context.ts';
import { useCountdown } from '../../context/use-clock.ts';
import { AccountId } from '../../parts/account-id.tsx';
import { RootLabel } from '../../parts/account-mark.tsx';
import { Button } from '../../parts/button.tsx';
import { ErrorText } from '../../parts/error-text.tsx';
import { arnName } from '../../texts/arn-name.ts';
import { sessionCountdown } from '../../time/countdown.ts';
import styles from './sign-in-card.module.css';

/** More profiles than this are counted. */
const namedProfiles = 3;

type Known = Exclude<SignInState, { kind: 'none' }>;
type SignInCardProps = { readonly signIn: Omit<SignIn, 'state'> & { readonly state: Known } };

/** Somebody who is signed in, or was: who, how long that lasts, for which profiles, and the way out or back in. */
export function SignInCard({ signIn: { signInId, name, startUrl, profiles, state } }: SignInCardProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const shown = shortened(name, nameMax);
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className={styles.card}>
      <LogIn size={16} aria-hidden />
      <div className={styles.text}>
        {state.kind === 'active' ? (
          <>
            <h2 id={titleId} className={styles.title}>
              {t('signIn.signedIn', { name: shown })} {state.identity?.isRoot === true && <RootLabel />}
            </h2>
            {state.identity !== null && <Who identity={state.identity} />}
            <p className={styles.time}>{state.endsAt === null ? t('signIn.lastsUnknown') : <Lasts until={state.endsAt} />}</p>
          </>
        ) : (
          <>
            <h2 id={titleId} className={styles.title}>
              {t('signIn.signedOut', { name: shown })}
            </h2>
            <ErrorText error={state.error} />
          </>
        )}
        <UsedBy profiles={profiles} />
      </div>
      {state.kind === 'active' ? (
        <div className={styles.actions}>
          {startUrl !== null && (
            <Button aria-label={t('signIn.accountsOf', { name: shown })} onClick={() => void api.showPortalAccounts({ signInId })}>
              {t('signIn.accounts')}
            </Button>
          )}
          <Button tone="quiet" aria-label={t('signIn.signOutOf', { name: shown })} onClick={() => void api.signOut({ signInId })}>
            {t('signIn.signOut')}
          </Button>
        </div>
      ) : (
        <Button aria-label={t('signIn.againTo', { name: shown })} onClick={() => void api.signIn({ signInId })}>
          {t('signIn.again')}
        </Button>
      )}
    </section>
  );
}

function Who({ identity: { accountId, name, isRoot } }: { readonly identity: SignedInIdentity }) {
  return (
    <p title={name}>
      {accountId !== null && <AccountId accountId={accountId} size="small" />} {!isRoot && shortened(arnName(name), nameMax)}
    </p>
  );
}

function Lasts({ until }: { readonly until: number }): ReactNode {
  const { t, duration } = useTexts();
  return t('signIn.lasts', { duration: duration(useCountdown(sessionCountdown, until)) });
}

function UsedBy({ profiles }: Pick<SignIn, 'profiles'>) {
  const { t, number } = useTexts();
  if (profiles.length === 0) return null;
  const named = profiles
    .slice(0, namedProfiles)
    .map((profile) => shortened(profile, nameMax))
    .join(', ');
  const more = profiles.length - namedProfiles;
  return (
    <p className={styles.quiet}>{more > 0 ? t('signIn.usedByMore', { profiles: named, number: number(more) }) : t('signIn.usedBy', { profiles: named })}</p>
  );
}
