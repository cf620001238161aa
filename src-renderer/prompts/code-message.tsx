import type { AppError } from '../../src-main/contract/app-error.ts';
import type { MfaPrompt, PromptStep } from '../../src-main/contract/ui-state.ts';
import { useTexts } from '../context/app-context.ts';
import { ErrorText } from '../parts/error-text.tsx';
import { Spinner } from '../parts/spinner.tsx';
import { waitCountdown } from '../time/countdown.ts';
import { useCountdown } from '../context/use-clock.ts';
import styles from './code-message.module.css';

export type CodeStep = Extract<PromptStep, { kind: 'finding-device' | 'enter-code' | 'starting' }>;

type CodeMessageProps = {
  readonly step: CodeStep;
  readonly purpose: MfaPrompt['purpose'];
  /** The user sent fewer than six digits. */
  readonly incomplete: boolean;
};

/** What there is to say below the field: the progress, or why the last code did not work. */
export function CodeMessage({ step, purpose, incomplete }: CodeMessageProps) {
  const { t } = useTexts();
  switch (step.kind) {
    case 'finding-device':
      return null;
    case 'starting':
      return (
        <p role="status" className={styles.progress}>
          <Spinner />
          {purpose === 'start' ? t('mfa.starting') : t('mfa.renewing')}
        </p>
      );
    case 'enter-code':
      if (incomplete) return <p role="alert">{t('mfa.codeIncomplete')}</p>;
      return step.refused === null ? null : <Refusal refused={step.refused} />;
  }
}

function Refusal({ refused }: { readonly refused: AppError }) {
  const retryAt = refused.params['retryAt'];
  return (
    <div role="alert" className={styles.refusal}>
      <ErrorText error={refused} />
      {typeof retryAt === 'number' && <NextCode at={retryAt} />}
    </div>
  );
}

function NextCode({ at }: { readonly at: number }) {
  const { t, duration } = useTexts();
  const seconds = useCountdown(waitCountdown, at);
  return (
    <p aria-live="off" className={styles.nextCode}>
      {seconds === 0 ? t('mfa.nextCodeNow') : t('mfa.nextCodeIn', { duration: duration(seconds) })}
    </p>
  );
}
