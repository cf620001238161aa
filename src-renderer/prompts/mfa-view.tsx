import { useState } from 'react';
import type { Settings } from '../../src-main/contract/settings.ts';
import type { Account, MfaPrompt, UiState } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../context/app-context.ts';
import { useEscape } from '../context/use-escape.ts';
import { MarkAccountButton } from '../accounts/mark-account-button.tsx';
import { ProductionLabel } from '../parts/account-mark.tsx';
import { CodeForm } from './code-form.tsx';
import { DeviceForm } from './device-form.tsx';
import { FailedPrompt } from './failed-prompt.tsx';
import styles from './mfa-view.module.css';
import { PromptIdentityText } from './prompt-identity.tsx';
import { SourceNote } from './source-note.tsx';
import { WaitingPrograms } from './waiting-programs.tsx';
import { WayToAwsNote } from './way-to-aws.tsx';

type MfaViewProps = {
  readonly prompt: MfaPrompt;
  readonly accounts: UiState['accounts'];
  /** What the user chose for each account. */
  readonly known: Settings['accounts'];
};

export function MfaView({ prompt, accounts, known }: MfaViewProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const [marking, setMarking] = useState(false);
  useEscape(() => void api.cancelPrompt({ promptId: prompt.promptId }), !marking);
  const account = accountOf(prompt, accounts);
  const production = account?.production === true;
  return (
    <main className={production ? `${styles.prompt} ${styles.production}` : styles.prompt}>
      <h1 className={styles.heading}>
        {heading()} {production && <ProductionLabel />}
      </h1>
      <PromptIdentityText prompt={prompt}>{account !== null && <MarkAccountButton account={account} known={known} onOpen={setMarking} />}</PromptIdentityText>
      <WayToAwsNote way={prompt.way} />
      <WaitingPrograms programs={prompt.waiting} profile={prompt.profile} />
      <SourceNote prompt={prompt} />
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
      return <CodeForm promptId={prompt.promptId} purpose={prompt.purpose} step={step} source={prompt.source} />;
    case 'choose-device':
      return <DeviceForm promptId={prompt.promptId} devices={step.devices} reason={step.reason} />;
    case 'failed':
      return <FailedPrompt prompt={prompt} error={step.error} />;
  }
}
