import { useId } from 'react';
import type { AppError } from '../../src-main/contract/app-error.ts';
import type { ProfileRole } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../app-context.ts';
import { AccountId } from '../parts/account-id.tsx';
import { Button } from '../parts/button.tsx';
import { ErrorText } from '../parts/error-text.tsx';
import { Spinner } from '../parts/spinner.tsx';
import type { CardParts } from './card-parts.ts';
import styles from './idle-session.module.css';
import { directSeconds, sessionRequest } from '../state/role-session.ts';

export function NoSession({ profile, heading, more }: CardParts) {
  const { t } = useApp().texts;
  return (
    <>
      <div className={styles.row}>
        <div className={styles.title}>
          {heading}
          {profile.role === null && <p className={styles.state}>{t('session.none')}</p>}
        </div>
        <StartButton profile={profile} />
        {more}
      </div>
      <RoleLine role={profile.role} />
      <DirectOffer profile={profile} />
    </>
  );
}

/** Asking for the session again brings its prompt to the front. */
export function PendingSession({ profile, heading, more, step }: CardParts & { readonly step: 'awaiting-mfa' | 'starting' }) {
  const { api, texts } = useApp();
  return (
    <>
      <div className={styles.row} aria-busy={step === 'starting'}>
        <div className={styles.title}>
          {heading}
          <p className={styles.state}>{step === 'starting' ? texts.t('session.starting') : texts.t('session.awaitingMfa')}</p>
        </div>
        {step === 'starting' ? (
          <Spinner />
        ) : (
          <Button onClick={() => void api.requestSession(sessionRequest(profile))}>{texts.t('session.showPrompt')}</Button>
        )}
        {more}
      </div>
      <RoleLine role={profile.role} />
    </>
  );
}

export function FailedSession({ profile, heading, more, error }: CardParts & { readonly error: AppError }) {
  return (
    <>
      <div className={styles.row}>
        <div className={styles.title}>{heading}</div>
        <StartButton profile={profile} />
        {more}
      </div>
      <RoleLine role={profile.role} />
      <div className={styles.error}>
        <ErrorText error={error} />
      </div>
      <DirectOffer profile={profile} />
    </>
  );
}

function StartButton({ profile }: Pick<CardParts, 'profile'>) {
  const { api, texts } = useApp();
  return <Button onClick={() => void api.requestSession(sessionRequest(profile))}>{texts.t('session.start')}</Button>;
}

/** Where a session would lead, which is known before there is one. */
function RoleLine({ role }: { readonly role: ProfileRole | null }) {
  const { t } = useApp().texts;
  if (role === null) return null;
  return (
    <p className={styles.role}>
      <AccountId accountId={role.accountId} size="small" /> <span>{t('session.role', { role: role.roleName })}</span>{' '}
      <span>{t('session.from', { source: role.sourceProfile })}</span>
    </p>
  );
}

/** A role session of more than an hour costs a code, so it is a choice beside the usual one. */
function DirectOffer({ profile }: Pick<CardParts, 'profile'>) {
  const { api, texts } = useApp();
  const whyId = useId();
  const seconds = directSeconds(profile);
  if (seconds === null) return null;
  return (
    <div className={styles.offer}>
      <p id={whyId} className={styles.why}>
        {texts.t('session.startDirectWhy')}
      </p>
      <Button
        tone="quiet"
        aria-describedby={whyId}
        onClick={() => void api.requestSession({ profile: profile.name, fromAccessKey: true })}
      >
        {texts.t('session.startDirect', { duration: texts.wholeDuration(seconds) })}
      </Button>
    </div>
  );
}
