import { CircleAlert } from 'lucide-react';
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
  /** The user sent fewer than six digits. */
  readonly incomplete: boolean;
};

/** Why the last code did not work. */
export function CodeMessage({ step, incomplete }: CodeMessageProps) {
  const { t } = useTexts();
  if (step.kind !== 'enter-code') return null;
  if (incomplete) {
    return (
      <div role="alert" className={styles.refusal}>
        <CircleAlert size={16} aria-hidden />
        <p>{t('mfa.codeIncomplete')}</p>
      </div>
    );
  }
  return step.refused === null ? null : <Refusal refused={step.refused} />;
}

/** That the code is on its way. */
export function CodeProgress({ purpose }: { readonly purpose: MfaPrompt['purpose'] }) {
  const { t } = useTexts();
  return (
    <p className={styles.progress}>
      <Spinner />
      {purpose === 'start' ? t('mfa.starting') : t('mfa.renewing')}
    </p>
  );
}

function Refusal({ refused }: { readonly refused: AppError }) {
  const { t } = useTexts();
  const retryAt = refused.params['retryAt'];
  return (
    <div role="alert" className={styles.refusal}>
      <CircleAlert size={16} aria-hidden />
      <div>
        <ErrorText error={refused} />
        {refused.code === 'network-unreachable' && <p>{t('mfa.codeUnused')}</p>}
        {typeof retryAt === 'number' && <NextCode at={retryAt} />}
      </div>
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
