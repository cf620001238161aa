import { Check, Copy } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { AppError } from '../../src-main/contract/app-error.ts';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { useApp, useTexts } from '../context/app-context.ts';
import { OpenFileButton } from '../parts/open-file-button.tsx';
import { Button, IconButton } from '../parts/button.tsx';
import { copyTextOf } from '../parts/copy-text.ts';
import { ErrorText } from '../parts/error-text.tsx';
import { AccessKeyForm } from './access-key-form.tsx';
import styles from './first-run.module.css';

const command = 'aws configure';

/** Whether this problem is why there is no profile, and adding an access key solves it. */
export function explainsEmptiness({ code }: AppError): boolean {
  return code === 'config-none' || code === 'config-empty' || code === 'config-no-access-key';
}

type FirstRunProps = {
  /** Why there is no profile, when that is known. */
  readonly reason: AppError | null;
  readonly state: UiState;
};

/** What the panel shows without a profile: a form for a key, and ways to say where one is. */
export function FirstRun({ reason, state }: FirstRunProps) {
  const { t } = useTexts();
  return (
    <section className={styles.firstRun}>
      <h2 className={styles.heading}>{t('empty.heading')}</h2>
      <p>{t('firstRun.keyNext')}</p>
      <AccessKeyForm state={state} />
      <OtherWays reason={reason} state={state} />
    </section>
  );
}

function OtherWays({ reason, state }: FirstRunProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const reasonId = useId();
  return (
    <section aria-label={t('firstRun.otherWays')} className={styles.ways}>
      <h3 className={styles.waysHeading}>{t('firstRun.otherWays')}</h3>
      {reason !== null && (
        <div id={reasonId}>
          <ErrorText error={reason} />
        </div>
      )}
      <Command />
      <p className={styles.files}>{t('firstRun.filesElsewhere')}</p>
      <div className={styles.buttons}>
        {reason !== null && <OpenFileButton problem={reason} files={state.files} describedBy={reasonId} />}
        <Button onClick={() => void api.chooseAwsFile({ file: 'credentials' })}>{t('firstRun.chooseCredentials')}</Button>
        <Button onClick={() => void api.chooseAwsFile({ file: 'config' })}>{t('firstRun.chooseConfig')}</Button>
      </div>
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
      <IconButton label={copied ? t('empty.copied') : t('empty.copyCommand')} onClick={() => setCopied(code.current !== null && copyTextOf(code.current))}>
        {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
      </IconButton>
    </div>
  );
}
