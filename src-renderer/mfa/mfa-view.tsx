import { useEffect } from 'react';
import type { MfaPrompt } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../app-context.ts';
import { CodeForm } from './code-form.tsx';
import { DeviceForm } from './device-form.tsx';
import { FailedPrompt } from './failed-prompt.tsx';
import styles from './mfa-view.module.css';
import { PromptIdentityText } from './prompt-identity.tsx';

export function MfaView({ prompt }: { readonly prompt: MfaPrompt }) {
  const { t } = useApp().texts;
  useCancelByEscape(prompt.promptId);
  return (
    <main className={styles.prompt}>
      <h1 className={styles.heading}>{prompt.purpose === 'start' ? t('mfa.start') : t('mfa.renew')}</h1>
      <PromptIdentityText profile={prompt.profile} identity={prompt.identity} />
      <Step prompt={prompt} />
    </main>
  );
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
      return <FailedPrompt promptId={prompt.promptId} profile={prompt.profile} error={step.error} />;
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
