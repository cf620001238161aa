import { Check, Copy } from 'lucide-react';
import { useId, useRef, useState, type ReactNode } from 'react';
import type { AppError } from '../../src-main/contract/app-error.ts';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { useApp, useTexts } from '../context/app-context.ts';
import { OpenFileButton } from '../parts/open-file-button.tsx';
import { Button, IconButton } from '../parts/button.tsx';
import { copyTextOf } from '../parts/copy-text.ts';
import { ErrorText } from '../parts/error-text.tsx';
import { AccessKeyForm, type AccessKeyFormProps } from './access-key-form.tsx';
import { BrowserForm } from './browser-form.tsx';
import type { FirstWay } from './first-steps.tsx';
import { WayChoice } from './way-choice.tsx';
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

/** What the panel shows without a profile: the two ways to sign in, and ways to say where a profile is. */
export function FirstRun({ reason, state, way, choose, showsNotice }: FirstRunProps & WayProps & Pick<AccessKeyFormProps, 'showsNotice'>) {
  const { t } = useTexts();
  const back = (
    <Button tone="quiet" onClick={() => choose(null)}>
      {t('firstSignIn.back')}
    </Button>
  );
  const others = <OtherWays reason={reason} state={state} />;
  switch (way) {
    case null:
      return (
        <Screen heading={t('empty.heading')}>
          <WayChoice choose={choose} />
          {/* Who has AWS files that do not do looks for the reason. */}
          <details className={styles.others} open={reason !== null && reason.code !== 'config-none'}>
            <summary>{t('firstRun.otherWays')}</summary>
            {others}
          </details>
        </Screen>
      );
    case 'browser':
      return (
        <Screen heading={t('firstSignIn.browser')}>
          <BrowserForm state={state} back={back} />
        </Screen>
      );
    case 'key':
      return (
        <Screen heading={t('firstRun.heading')}>
          <AccessKeyForm state={state} back={back} others={others} showsNotice={showsNotice} />
        </Screen>
      );
  }
}

function Screen({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  return (
    <section className={styles.firstRun}>
      <h2 className={styles.heading}>{heading}</h2>
      {children}
    </section>
  );
}

type WayProps = { readonly way: FirstWay | null; readonly choose: (way: FirstWay | null) => void };

function OtherWays({ reason, state }: FirstRunProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const reasonId = useId();
  return (
    <section aria-label={t('firstRun.otherWays')} className={styles.ways}>
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
