import { useEffect } from 'react';
import type { Account, MfaPrompt, UiState } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../context/app-context.ts';
import { ProductionLabel } from '../parts/account-mark.tsx';
import { CodeForm } from './code-form.tsx';
import { DeviceForm } from './device-form.tsx';
import { FailedPrompt } from './failed-prompt.tsx';
import styles from './mfa-view.module.css';
import { PromptIdentityText } from './prompt-identity.tsx';
import { WaitingPrograms } from './waiting-programs.tsx';

type MfaViewProps = { readonly prompt: MfaPrompt; readonly accounts: UiState['accounts'] };

export function MfaView({ prompt, accounts }: MfaViewProps) {
  const { t } = useApp().texts;
  useCancelByEscape(prompt.promptId);
  const production = accountOf(prompt, accounts)?.production === true;
  return (
    <main className={production ? `${styles.prompt} ${styles.production}` : styles.prompt}>
      <h1 className={styles.heading}>
        {heading()} {production && <ProductionLabel />}
      </h1>
      <PromptIdentityText prompt={prompt} />
      <WaitingPrograms programs={prompt.waiting} profile={prompt.profile} />
      <Step prompt={prompt} />
    </main>
  );

  function heading(): string {
    const starts = prompt.purpose === 'start';
    if (prompt.role !== null) return starts ? t('mfa.startRole') : t('mfa.renewRole');
    return starts ? t('mfa.start') : t('mfa.renew');
  }
}

/** Where the session would lead; null until AWS has said so. */
function accountOf({ role, identity }: MfaPrompt, accounts: UiState['accounts']): Account | null {
  const accountId = role?.accountId ?? (identity.kind === 'known' ? identity.accountId : null);
  return accountId === null ? null : (accounts[accountId] ?? null);
}

function Step({ prompt }: { readonly prompt: MfaPrompt }) {
  const { step } = prompt;
  switch (step.kind) {
    case 'finding-device':
    case 'enter-code':
    case 'starting':
      return <CodeForm promptId={prompt.promptId} purpose={prompt.purpose} step={step} />;
    case 'choose-device':
      return <DeviceForm promptId={prompt.promptId} devices={step.devices} reason={step.reason} />;
    case 'failed':
      return <FailedPrompt prompt={prompt} error={step.error} />;
  }
}

function useCancelByEscape(promptId: string) {
  const { api } = useApp();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // While an input method composes, Escape belongs to it.
      if (event.key === 'Escape' && !event.isComposing) void api.cancelPrompt({ promptId });
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [api, promptId]);
}
