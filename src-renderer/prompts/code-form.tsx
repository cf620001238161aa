import { useEffect, useId, useLayoutEffect, useRef, useState, type ChangeEvent, type RefObject } from 'react';
import type { MfaPrompt } from '../../src-main/contract/ui-state.ts';
import { pathMax, shortened } from '../../src-main/core/printable.ts';
import { useApp } from '../context/app-context.ts';
import { arnName } from '../texts/arn-name.ts';
import { CancelButton } from './cancel-button.tsx';
import { CodeCells } from './code-cells.tsx';
import styles from './code-form.module.css';
import { codeDigits, isCompleteCode } from './mfa-code.ts';
import { CodeMessage, CodeProgress, type CodeStep } from './code-message.tsx';

type CodeFormProps = {
  readonly promptId: string;
  readonly purpose: MfaPrompt['purpose'];
  readonly step: CodeStep;
  readonly source: MfaPrompt['source'];
};

/** What stands in the field for the digits of a source, which the window never gets. */
const givenCode = '••••••';

/** A source that is to be asked again says itself that its code was used, and nobody has to type. */
function shownStep(step: CodeStep, source: MfaPrompt['source']): CodeStep {
  return step.kind === 'enter-code' && source?.progress.kind === 'waiting' ? { ...step, refused: null } : step;
}

/** Whether a source may still give a code, which the first digit that is typed stops. */
function isAwaited(source: MfaPrompt['source']): boolean {
  return source !== null && ['confirming', 'asking', 'slow', 'waiting'].includes(source.progress.kind);
}

export function CodeForm({ promptId, purpose, step, source }: CodeFormProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const input = useRef<HTMLInputElement>(null);
  const entry = useCodeEntry(promptId, step, input);
  const [selection, setSelection] = useState<readonly [number, number]>([0, 0]);
  const isGiven = entry.busy && source?.progress.kind === 'answered';
  const type = (event: ChangeEvent<HTMLInputElement>): void => {
    if (isAwaited(source)) void api.askCodeSource({ promptId, use: false });
    entry.type(event);
  };
  const [inputId, deviceId, messageId, sentId] = [useId(), useId(), useId(), useId()];
  const shown = shownStep(step, source);
  const isRefused = shown.kind === 'enter-code' && shown.refused !== null;
  // The refusal of the code before is none of the one that is typed now.
  const isWrong = entry.incomplete || (isRefused && entry.text === '');
  const value = isGiven ? givenCode : entry.text;

  return (
    <form
      aria-busy={entry.busy}
      onSubmit={(event) => {
        event.preventDefault();
        entry.submit();
      }}
    >
      <div className={styles.label}>
        <label htmlFor={inputId}>{t('mfa.code')}</label>
        <Device id={deviceId} step={step} />
      </div>
      <div className={isRefused ? `${styles.field} ${styles.refused}` : styles.field}>
        <input
          ref={input}
          id={inputId}
          className={styles.code}
          value={value}
          onChange={type}
          onSelect={({ currentTarget }) => setSelection([currentTarget.selectionStart ?? 0, currentTarget.selectionEnd ?? 0])}
          onCompositionEnd={entry.settle}
          disabled={entry.busy}
          aria-invalid={isWrong}
          aria-describedby={`${messageId} ${deviceId} ${sentId}`}
          inputMode="numeric"
          autoComplete="one-time-code"
          spellCheck={false}
        />
        <CodeCells text={value} selection={selection} />
      </div>
      <div id={messageId} className={styles.message}>
        <CodeMessage step={shown} incomplete={entry.incomplete} />
      </div>
      <div className={styles.foot}>
        <div id={sentId} role="status" className={styles.sent}>
          {entry.busy ? <CodeProgress purpose={purpose} /> : t('mfa.sentByItself')}
        </div>
        <CancelButton promptId={promptId} />
      </div>
    </form>
  );
}

/** By its name, which people know it by; the whole ARN is in the title. */
function Device({ id, step }: { readonly id: string; readonly step: CodeStep }) {
  const { t } = useApp().texts;
  if (step.kind === 'finding-device') {
    return (
      <p id={id} className={styles.device}>
        {t('mfa.findingDevice')}
      </p>
    );
  }
  return (
    <p id={id} className={styles.device} title={step.serial}>
      {shortened(arnName(step.serial), pathMax)}
    </p>
  );
}

/**
 * What is in the field, and when it is sent: automatically at the sixth digit, and only once. Digits typed
 * while the device is still being looked up are sent as soon as it is found.
 */
function useCodeEntry(promptId: string, step: CodeStep, input: RefObject<HTMLInputElement | null>) {
  const { api } = useApp();
  const [text, setText] = useState('');
  const [incomplete, setIncomplete] = useState(false);
  const [lastKind, setLastKind] = useState(step.kind);
  const sent = useRef<string | null>(null);

  if (step.kind !== lastKind) {
    setLastKind(step.kind);
    if (lastKind === 'starting') setText(''); // the code was refused
  }

  const code = codeDigits(text);
  const complete = isCompleteCode(code);

  useEffect(() => {
    if (!complete) sent.current = null;
    else if (step.kind === 'enter-code' && sent.current !== code) {
      sent.current = code;
      void api.submitMfa({ promptId, code });
    }
  }, [complete, code, step.kind, api, promptId]);

  useLayoutEffect(() => {
    if (step.kind !== 'starting') input.current?.focus();
  }, [step.kind, input]);

  return {
    text,
    incomplete,
    busy: step.kind === 'starting',
    type: (event: ChangeEvent<HTMLInputElement>) => {
      // Text that an input method still composes must stay as it is, or the method loses its place.
      const composing = event.nativeEvent instanceof InputEvent && event.nativeEvent.isComposing;
      const typed = event.target.value;
      setText(composing && !isCompleteCode(typed) ? typed : codeDigits(typed));
      setIncomplete(false);
    },
    settle: () => setText(code),
    /** For the Enter key; a complete code has been sent already. */
    submit: () => {
      if (step.kind !== 'enter-code' || complete) return;
      setIncomplete(true);
      input.current?.focus();
    },
  };
}
