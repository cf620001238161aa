import type { AppError } from '../../src-main/contract/app-error.ts';
import type { MfaPrompt } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../context/app-context.ts';
import { Button } from '../parts/button.tsx';
import { ErrorText } from '../parts/error-text.tsx';
import { CancelButton } from './cancel-button.tsx';
import { focusWhenShown } from '../parts/focus-when-shown.ts';
import styles from './failed-prompt.module.css';

type FailedPromptProps = { readonly prompt: MfaPrompt; readonly error: AppError };

export function FailedPrompt({ prompt, error }: FailedPromptProps) {
  const { api, texts } = useApp();
  const { promptId, profile, role } = prompt;
  const again = role === null ? { profile } : { profile, fromAccessKey: true };
  return (
    <>
      <div role="alert" className={styles.error}>
        <ErrorText error={error} />
      </div>
      <div className={styles.buttons}>
        <CancelButton promptId={promptId} />
        <Button tone="primary" ref={focusWhenShown} onClick={() => void api.requestSession(again)}>
          {texts.t('mfa.tryAgain')}
        </Button>
      </div>
    </>
  );
}
