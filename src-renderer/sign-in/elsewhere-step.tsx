import { useId, useState, type FormEvent, type ReactNode } from 'react';
import type { SignInStep } from '../../src-main/contract/sign-in.ts';
import { useApp } from '../context/app-context.ts';
import { Button } from '../parts/button.tsx';
import { ErrorText } from '../parts/error-text.tsx';
import { focusWhenShown } from '../parts/focus-when-shown.ts';
import styles from './sign-in-view.module.css';
import { TimeLeft } from './time-left.tsx';

type Step = Extract<SignInStep, { kind: 'elsewhere' }>;
type ElsewhereStepProps = { readonly promptId: string; readonly step: Step; readonly cancel: ReactNode };

/** A page for any device: with a code to compare, or one to type. */
export function ElsewhereStep({ promptId, step, cancel }: ElsewhereStepProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const { code, answerBy, refused } = step;
  return (
    <>
      {code === null && <CodeField promptId={promptId} />}
      {refused !== null && (
        <div role="alert" className={styles.text}>
          <ErrorText error={refused} />
        </div>
      )}
      <p className={styles.time}>
        <TimeLeft until={answerBy} />
      </p>
      <div className={styles.buttons}>
        {cancel}
        <Button tone={code === null ? 'plain' : 'primary'} ref={code === null ? null : focusWhenShown} onClick={() => void api.copySignInAddress({ promptId })}>
          {t('signIn.copyAddress')}
        </Button>
      </div>
    </>
  );
}

function CodeField({ promptId }: { readonly promptId: string }) {
  const { api, texts } = useApp();
  const [typed, setTyped] = useState('');
  const id = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typed.trim() !== '') void api.submitSignInCode({ promptId, code: typed.trim() });
  };
  return (
    <form className={styles.field} onSubmit={submit}>
      <label htmlFor={id}>{texts.t('signIn.code')}</label>
      <input id={id} ref={focusWhenShown} value={typed} autoComplete="off" spellCheck={false} onChange={(event) => setTyped(event.target.value)} />
      <Button type="submit" tone="primary">
        {texts.t('signIn.submit')}
      </Button>
    </form>
  );
}
