import type { ReactNode } from 'react';
import type { AppError } from '../../src-main/contract/app-error.ts';
import { useApp } from '../app-context.ts';
import { Button } from '../parts/button.tsx';
import { ErrorText } from '../parts/error-text.tsx';
import { Spinner } from '../parts/spinner.tsx';
import styles from './idle-session.module.css';

type IdleProps = { readonly profile: string; readonly heading: ReactNode };

export function NoSession({ profile, heading }: IdleProps) {
  const { t } = useApp().texts;
  return (
    <div className={styles.row}>
      <div className={styles.title}>
        {heading}
        <p className={styles.state}>{t('session.none')}</p>
      </div>
      <StartButton profile={profile} />
    </div>
  );
}

/** Asking for the session again brings its prompt to the front. */
export function PendingSession({ profile, heading, step }: IdleProps & { readonly step: 'awaiting-mfa' | 'starting' }) {
  const { api, texts } = useApp();
  return (
    <div className={styles.row} aria-busy={step === 'starting'}>
      <div className={styles.title}>
        {heading}
        <p className={styles.state}>{step === 'starting' ? texts.t('session.starting') : texts.t('session.awaitingMfa')}</p>
      </div>
      {step === 'starting' ? (
        <Spinner />
      ) : (
        <Button onClick={() => void api.requestSession({ profile })}>{texts.t('session.showPrompt')}</Button>
      )}
    </div>
  );
}

export function FailedSession({ profile, heading, error }: IdleProps & { readonly error: AppError }) {
  return (
    <>
      <div className={styles.row}>
        <div className={styles.title}>{heading}</div>
        <StartButton profile={profile} />
      </div>
      <div className={styles.error}>
        <ErrorText error={error} />
      </div>
    </>
  );
}

function StartButton({ profile }: { readonly profile: string }) {
  const { api, texts } = useApp();
  return <Button onClick={() => void api.requestSession({ profile })}>{texts.t('session.start')}</Button>;
}
