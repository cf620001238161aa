import { useId, useState } from 'react';
import { useTexts } from '../context/app-context.ts';
import { labelId, Row } from './row.tsx';
import styles from './controls.module.css';
import { checkWholeNumber, type NumberLimits } from './whole-number.ts';

type NumberFieldProps = {
  readonly label: string;
  readonly value: number;
  /** What is counted, as it stands behind the number. */
  readonly unit: string;
  readonly hint?: string | undefined;
  readonly limits: NumberLimits;
  readonly change: (value: number) => void;
};

/**
 * Takes effect while the user types. A refused value stays in the field. Its sentence appears at once if no
 * further digit could make the value right, otherwise when the user leaves the field.
 */
export function NumberField({ label, value, unit, hint, limits, change }: NumberFieldProps) {
  const { t, number } = useTexts();
  const inputId = useId();
  const unitId = useId();
  const messageId = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [left, setLeft] = useState(false);

  const checked = checkWholeNumber(typed ?? String(value), limits);
  const refused = isRefused();

  return (
    <Row label={label} controlId={inputId} hint={hint}>
      <div className={styles.amount}>
        <input
          id={inputId}
          className={styles.text}
          value={typed ?? String(value)}
          onChange={(event) => {
            setTyped(event.target.value);
            setLeft(false);
            const next = checkWholeNumber(event.target.value, limits);
            if (next.kind === 'right') change(next.value);
          }}
          onBlur={leave}
          onKeyDown={(event) => {
            // An input method takes what it offers by Enter.
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) leave();
          }}
          inputMode="numeric"
          autoComplete="off"
          aria-labelledby={`${labelId(inputId)} ${unitId}`}
          aria-invalid={refused}
          aria-describedby={messageId}
        />
        <span id={unitId} className={styles.unit}>
          {unit}
        </span>
      </div>
      <p id={messageId} role="alert" className={styles.refusal}>
        {refused && t('settings.wholeNumber', { min: number(limits.min), max: number(limits.max) })}
      </p>
    </Row>
  );

  function leave() {
    if (checked.kind === 'right') setTyped(null);
    setLeft(true);
  }

  function isRefused(): boolean {
    switch (checked.kind) {
      case 'right':
        return false;
      case 'not-whole':
      case 'too-large':
        return true;
      case 'empty':
      case 'too-small':
        return left;
    }
  }
}
