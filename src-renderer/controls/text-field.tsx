import { useId, useState, type HTMLAttributes } from 'react';
import styles from './controls.module.css';
import { Row } from './row.tsx';

type TextFieldProps = Pick<HTMLAttributes<HTMLInputElement>, 'inputMode'> & {
  readonly label: string;
  readonly isBroad?: boolean;
  readonly value: string;
  readonly placeholder: string;
  /** Why a text cannot be taken, as a sentence; null where it can. */
  readonly complaint: (text: string) => string | null;
  readonly change: (text: string) => void;
  /** What the text lacks that the field begins with; null where it lacks nothing. */
  readonly unfinished?: string | null;
};

/** Takes effect on Enter, or when the user leaves the field: half a text means nothing. */
export function TextField({ label, isBroad = false, value, placeholder, complaint, change, inputMode = 'text', unfinished = null }: TextFieldProps) {
  const inputId = useId();
  const messageId = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [refused, setRefused] = useState(unfinished);

  return (
    <Row label={label} controlId={inputId} isBroad={isBroad}>
      <input
        id={inputId}
        className={styles.text}
        value={typed ?? value}
        placeholder={placeholder}
        onChange={(event) => {
          setTyped(event.target.value);
          setRefused(null);
        }}
        onBlur={leave}
        onKeyDown={(event) => {
          // An input method takes what it offers by Enter.
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) leave();
        }}
        inputMode={inputMode}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={refused !== null}
        aria-describedby={messageId}
      />
      <p id={messageId} role="alert" className={styles.refusal}>
        {refused}
      </p>
    </Row>
  );

  function leave() {
    if (typed === null) return;
    const text = typed.trim();
    const complains = complaint(text);
    setRefused(complains);
    if (complains !== null) return;
    setTyped(null);
    change(text);
  }
}
