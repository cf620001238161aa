import type { ReactNode } from 'react';
import type { AppError } from '../../../src-main/contract/app-error.ts';
import { useApp, useTexts } from '../../context/app-context.ts';
import { Button } from '../../parts/button.tsx';
import { ErrorText } from '../../parts/error-text.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import styles from './sheet.module.css';

// What all sheets share: what they show while they wait for AWS, and when it refuses.

export function Asking({ what }: { readonly what: string }) {
  return (
    <p role="status" className={styles.asking}>
      <Spinner /> {what}
    </p>
  );
}

export function Failure({ error }: { readonly error: AppError }) {
  return (
    <div role="alert" className={styles.failure}>
      <ErrorText error={error} />
    </div>
  );
}

/**
 * The result of the last step. The region is there before it has anything to say, because screen readers
 * only announce changes in a region that they know.
 */
export function Outcome({ children }: { readonly children: ReactNode }) {
  return (
    <div role="status" className={styles.outcome}>
      {children}
    </div>
  );
}

/** There is nothing to show but an error; `again` asks for the same sheet once more. */
export function Failed({ error, again }: { readonly error: AppError; readonly again: () => void }) {
  const { t } = useTexts();
  return (
    <>
      <Failure error={error} />
      <div className={styles.actions}>
        <Button onClick={again}>{t('sheet.tryAgain')}</Button>
      </div>
    </>
  );
}

type ShowMoreProps = { readonly asking: boolean; readonly error: AppError | null };

/** A button that fetches older entries. */
export function ShowMore({ asking, error }: ShowMoreProps) {
  const { api, texts } = useApp();
  return (
    <>
      {error !== null && <Failure error={error} />}
      <div className={styles.more}>
        <Button busy={asking} onClick={() => void api.showMore({})}>
          {texts.t('sheet.showMore')}
        </Button>
        {asking && <Asking what={texts.t('sheet.asking')} />}
      </div>
    </>
  );
}
