import type { ReactNode } from 'react';
import type { SignInPrompt } from '../../src-main/contract/sign-in.ts';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { nameMax, shortened } from '../../src-main/core/printable.ts';
import { accountFor } from '../../src-main/core/sessions/accounts.ts';
import { useApp } from '../context/app-context.ts';
import { useEscape } from '../context/use-escape.ts';
import { Button } from '../parts/button.tsx';
import { ErrorText } from '../parts/error-text.tsx';
import { focusWhenShown } from '../parts/focus-when-shown.ts';
import { WaitingPrograms } from '../prompts/waiting-programs.tsx';
import { ElsewhereStep } from './elsewhere-step.tsx';
import { IdentityStep } from './identity-step.tsx';
import styles from './sign-in-view.module.css';
import { TimeLeft } from './time-left.tsx';
import { WhatHappens } from './what-happens.tsx';

type SignInViewProps = { readonly prompt: SignInPrompt; readonly accounts: UiState['accounts'] };

/** What waits for a person in the browser: where that is, who waits, and the ways on. */
export function SignInView({ prompt, accounts, home }: SignInViewProps & { readonly home: string }) {
  const { api, texts } = useApp();
  const { t } = texts;
  const { promptId, name, host, way, profile, waiting, step } = prompt;
  useEscape(() => void api.cancelSignIn({ promptId }), true);
  return (
    <main className={styles.prompt}>
      <p className={styles.kind}>{way === 'aws-login' ? t('signIn.awsLogin') : t('signIn.portal')}</p>
      <h1 className={styles.title}>{t('signIn.heading', { name: shortened(name, nameMax) })}</h1>
      {host !== null && step.kind !== 'failed' && (
        <p className={styles.host}>
          {t('signIn.host')} <strong>{host}</strong>
        </p>
      )}
      <WaitingPrograms programs={waiting} profile={profile ?? ''} heading={t('signIn.waiting')} answerBy={null} home={home} />
      <WhatHappens step={step} />
      <Step prompt={prompt} accounts={accounts} />
    </main>
  );
}

function Step({ prompt, accounts }: SignInViewProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const { promptId, signInId, step } = prompt;
  const elsewhere = <Button onClick={() => void api.signInElsewhere({ promptId })}>{t('signIn.elsewhere')}</Button>;
  switch (step.kind) {
    case 'preparing':
      return <Waiting promptId={promptId} ways={elsewhere} />;
    case 'browser':
      return (
        <Waiting
          promptId={promptId}
          until={step.answerBy}
          ways={
            <>
              {elsewhere}
              <Button tone={step.notOpened === null ? 'plain' : 'primary'} onClick={() => void api.copySignInAddress({ promptId })}>
                {t('signIn.copyAddress')}
              </Button>
            </>
          }
        >
          <Button tone={step.notOpened === null ? 'primary' : 'plain'} ref={focusWhenShown} onClick={() => void api.openSignInPage({ promptId })}>
            {t('signIn.openAgain')}
          </Button>
        </Waiting>
      );
    case 'elsewhere':
      return <ElsewhereStep promptId={promptId} step={step} cancel={<Cancel promptId={promptId} />} />;
    case 'finishing':
      return <Waiting promptId={promptId} />;
    case 'another-identity':
      return (
        <IdentityStep
          promptId={promptId}
          step={step}
          marked={(accountId) => accounts[accountId] ?? accountFor(accountId, { accounts: {}, accountColors: {} })}
        />
      );
    case 'failed':
      return (
        <>
          <div role="alert" className={styles.text}>
            <ErrorText error={step.error} />
          </div>
          <div className={styles.buttons}>
            <Cancel promptId={promptId} />
            <Button tone="primary" ref={focusWhenShown} onClick={() => void api.signIn({ signInId })}>
              {t('mfa.tryAgain')}
            </Button>
          </div>
        </>
      );
  }
}

type WaitingProps = {
  readonly promptId: string;
  /** When it goes away by itself. */
  readonly until?: number;
  /** Other ways to go on, which stand apart from the buttons of the window. */
  readonly ways?: ReactNode;
  readonly children?: ReactNode;
};

function Waiting({ promptId, until, ways, children }: WaitingProps) {
  return (
    <>
      {ways !== undefined && <div className={styles.ways}>{ways}</div>}
      <p className={styles.time}>{until !== undefined && <TimeLeft until={until} />}</p>
      <div className={styles.buttons}>
        <Cancel promptId={promptId} hasFocus={children === undefined} />
        {children}
      </div>
    </>
  );
}

function Cancel({ promptId, hasFocus = false }: { readonly promptId: string; readonly hasFocus?: boolean }) {
  const { api, texts } = useApp();
  return (
    <Button ref={hasFocus ? focusWhenShown : null} onClick={() => void api.cancelSignIn({ promptId })}>
      {texts.t('mfa.cancel')}
    </Button>
  );
}
