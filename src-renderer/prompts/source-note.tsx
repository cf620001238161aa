import type { MfaPrompt, PromptSource } from '../../src-main/contract/ui-state.ts';
import { nameMax, shortened } from '../../src-main/core/printable.ts';
import { useApp, useTexts } from '../context/app-context.ts';
import { useCountdown } from '../context/use-clock.ts';
import { Button } from '../parts/button.tsx';
import { ErrorText } from '../parts/error-text.tsx';
import { waitCountdown } from '../time/countdown.ts';
import styles from './source-note.module.css';

/** What gives the code in the user's place, and what it waits for. */
export function SourceNote({ prompt }: { readonly prompt: MfaPrompt }) {
  const { t } = useTexts();
  const { source, promptId, step } = prompt;
  if (source === null) return null;
  const canAsk = step.kind === 'enter-code' && (source.progress.kind === 'failed' || source.progress.kind === 'stopped');
  return (
    <section aria-label={t('mfa.source.label')} className={styles.source}>
      <div className={source.progress.kind === 'failed' ? styles.reason : styles.words}>
        <p className={styles.name}>{t('mfa.source.from', { program: shortened(source.program, nameMax) })}</p>
        <div role="status" className={styles.progress}>
          <SourceProgress source={source} />
        </div>
      </div>
      {canAsk && <AskAgain promptId={promptId} />}
    </section>
  );
}

function AskAgain({ promptId }: { readonly promptId: string }) {
  const { api, texts } = useApp();
  return <Button onClick={() => void api.askCodeSource({ promptId, use: true })}>{texts.t('mfa.source.again')}</Button>;
}

function SourceProgress({ source: { touch, progress } }: { readonly source: PromptSource }) {
  const { t } = useTexts();
  switch (progress.kind) {
    case 'confirming':
      return <p>{t('mfa.source.confirming')}</p>;
    case 'asking':
      return <p>{t('mfa.source.asking')}</p>;
    case 'slow':
      return <p className={styles.touch}>{touch ? t('mfa.source.touch') : t('mfa.source.slow')}</p>;
    case 'answered':
      return <p>{t('mfa.source.answered')}</p>;
    case 'waiting':
      return <NextCode until={progress.until} />;
    case 'stopped':
      return <p>{t('mfa.source.stopped')}</p>;
    case 'failed':
      return <ErrorText error={progress.error} />;
  }
}

function NextCode({ until }: { readonly until: number }) {
  const { t, duration } = useTexts();
  return <p aria-live="off">{t('mfa.source.waiting', { duration: duration(useCountdown(waitCountdown, until)) })}</p>;
}
