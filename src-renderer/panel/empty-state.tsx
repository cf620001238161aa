import { Check, Copy } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { AppError } from '../../src-main/contract/app-error.ts';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { useTexts } from '../app-context.ts';
import { IconButton } from '../parts/button.tsx';
import { copyTextOf } from '../parts/copy-text.ts';
import { ErrorText } from '../parts/error-text.tsx';
import styles from './empty-state.module.css';
import { OpenFileButton } from './open-file-button.tsx';

const command = 'aws configure';

/** The problems that mean that there is no profile, and that the command repairs. */
export function explainsEmptiness({ code }: AppError): boolean {
  return code === 'config-none' || code === 'config-empty' || code === 'config-no-access-key';
}

type EmptyStateProps = {
  /** Why there is no profile, when that is known. */
  readonly reason: AppError | null;
  readonly files: UiState['files'];
};

export function EmptyState({ reason, files }: EmptyStateProps) {
  const { t } = useTexts();
  const reasonId = useId();
  return (
    <section className={styles.empty}>
      <h2 className={styles.heading}>{t('empty.heading')}</h2>
      {reason === null ? (
        <p>{t('empty.next')}</p>
      ) : (
        <div id={reasonId}>
          <ErrorText error={reason} />
        </div>
      )}
      <Command />
      {reason !== null && <OpenFileButton problem={reason} files={files} describedBy={reasonId} />}
    </section>
  );
}

function Command() {
  const { t } = useTexts();
  const [copied, setCopied] = useState(false);
  const code = useRef<HTMLElement>(null);
  return (
    <div className={styles.command}>
      <code ref={code}>{command}</code>
      <IconButton
        label={copied ? t('empty.copied') : t('empty.copyCommand')}
        onClick={() => setCopied(code.current !== null && copyTextOf(code.current))}
      >
        {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
      </IconButton>
    </div>
  );
}
