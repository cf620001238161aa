import type { AppError } from '../../../src-main/contract/app-error.ts';
import type { ForeignOrigin, ProfileRole } from '../../../src-main/contract/ui-state.ts';
import { useApp } from '../../context/app-context.ts';
import { AccountId } from '../../parts/account-id.tsx';
import { Button } from '../../parts/button.tsx';
import { ErrorText } from '../../parts/error-text.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import { Origin } from './session-identity.tsx';
import type { CardParts } from './card-parts.ts';
import { DirectOffer } from './direct-offer.tsx';
import styles from './idle-session.module.css';
import { sessionRequest } from '../../../src-main/core/sessions/session.ts';

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
          <Button shortcut="renew" onClick={() => void api.requestSession(sessionRequest(profile))}>
            {texts.t('session.showPrompt')}
          </Button>
        )}
        {more}
      </div>
      <RoleLine role={profile.role} />
      <OriginLine foreign={profile.foreign} />
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
      <OriginLine foreign={profile.foreign} />
      <div className={styles.error}>
        <ErrorText error={error} />
      </div>
      <DirectOffer profile={profile} />
    </>
  );
}

function StartButton({ profile }: Pick<CardParts, 'profile'>) {
  const { api, texts } = useApp();
  return (
    <Button shortcut="renew" onClick={() => void api.requestSession(sessionRequest(profile))}>
      {texts.t('session.start')}
    </Button>
  );
}

function OriginLine({ foreign }: { readonly foreign: ForeignOrigin | null }) {
  return foreign === null ? null : (
    <p className={styles.role}>
      <Origin foreign={foreign} />
    </p>
  );
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
