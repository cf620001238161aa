import { useState } from 'react';
import type { Settings } from '../../src-main/contract/settings.ts';
import type { MfaPrompt, UiState } from '../../src-main/contract/ui-state.ts';
import { nameMax, shortened } from '../../src-main/core/printable.ts';
import { AccountBand } from '../accounts/account-band.tsx';
import { MarkAccountButton } from '../accounts/mark-account-button.tsx';
import { useApp } from '../context/app-context.ts';
import { useEscape } from '../context/use-escape.ts';
import { CodeForm } from './code-form.tsx';
import { DeviceForm } from './device-form.tsx';
import { FailedPrompt } from './failed-prompt.tsx';
import styles from './mfa-view.module.css';
import { bandAccount, promptAccount } from './prompt-account.ts';
import { PromptIdentityText } from './prompt-identity.tsx';
import { SourceNote } from './source-note.tsx';
import { WaitingPrograms } from './waiting-programs.tsx';
import { WayToAwsNote } from './way-to-aws.tsx';

type MfaViewProps = {
  readonly prompt: MfaPrompt;
  readonly accounts: UiState['accounts'];
  readonly settings: Pick<Settings, 'accounts' | 'profileAccounts'>;
  readonly home: string;
};

export function MfaView({ prompt, accounts, settings, home }: MfaViewProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const [marking, setMarking] = useState(false);
  useEscape(() => void api.cancelPrompt({ promptId: prompt.promptId }), !marking);
  const account = promptAccount(prompt, accounts);
  return (
    <main className={styles.view}>
      <AccountBand account={bandAccount(prompt, accounts, settings)} />
      <div className={styles.prompt}>
        <div className={styles.head}>
          <h1>
            <span className={styles.kind}>{heading()}</span> <span className={styles.title}>{shortened(prompt.profile, nameMax)}</span>
          </h1>
          {account !== null && <MarkAccountButton account={account} known={settings.accounts} onOpen={setMarking} />}
        </div>
        <PromptIdentityText prompt={prompt} accounts={accounts} />
        <WayToAwsNote way={prompt.way} />
        <WaitingPrograms programs={prompt.waiting} profile={prompt.profile} heading={t('mfa.waiting')} answerBy={prompt.answerBy} home={home} />
        <SourceNote prompt={prompt} />
        <Step prompt={prompt} />
      </div>
    </main>
  );

  function heading(): string {
    const starts = prompt.purpose === 'start';
    if (prompt.role !== null) return starts ? t('mfa.startRole') : t('mfa.renewRole');
    return starts ? t('mfa.start') : t('mfa.renew');
  }
}

function Step({ prompt }: { readonly prompt: MfaPrompt }) {
  const { step } = prompt;
  switch (step.kind) {
    case 'finding-device':
    case 'enter-code':
    case 'starting':
      return <CodeForm promptId={prompt.promptId} purpose={prompt.purpose} step={step} source={prompt.source} />;
    case 'choose-device':
      return <DeviceForm promptId={prompt.promptId} devices={step.devices} reason={step.reason} identity={prompt.identity} />;
    case 'failed':
      return <FailedPrompt prompt={prompt} error={step.error} />;
  }
}
