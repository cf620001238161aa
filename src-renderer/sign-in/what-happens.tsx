import type { SignInStep } from '../../src-main/contract/sign-in.ts';
import { useTexts } from '../context/app-context.ts';
import { ErrorText } from '../parts/error-text.tsx';
import styles from './sign-in-view.module.css';

/**
 * What the sign-in is at, and what the person does now. One element for all steps, since screen readers tell of what
 * changes in it, and may miss one that comes with its words.
 */
export function WhatHappens({ step }: { readonly step: SignInStep }) {
  return (
    <div role="status" className={styles.happens}>
      <Words step={step} />
    </div>
  );
}

function Words({ step }: { readonly step: SignInStep }) {
  const { t } = useTexts();
  switch (step.kind) {
    case 'preparing':
      return <p>{t('signIn.preparing')}</p>;
    case 'browser':
      return step.notOpened === null ? <p>{t('signIn.inBrowser')}</p> : <ErrorText error={step.notOpened} />;
    case 'elsewhere':
      return (
        <>
          <p>{step.code === null ? t('signIn.elsewhereTyped') : t('signIn.elsewhereCompare')}</p>
          <p className={styles.address}>{step.address}</p>
          {step.code !== null && <p className={styles.code}>{step.code}</p>}
        </>
      );
    case 'finishing':
      return <p>{t('signIn.finishing')}</p>;
    case 'another-identity':
      return <p>{t('signIn.another')}</p>;
    case 'failed':
      // An alert says that.
      return null;
  }
}
