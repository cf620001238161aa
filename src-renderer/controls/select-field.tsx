import { ChevronDown } from 'lucide-react';
import { useId } from 'react';
import styles from './controls.module.css';
import { Row } from './row.tsx';

export type Choice<T extends string> = { readonly value: T; readonly label: string };

type SelectFieldProps<T extends string> = {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly change: (value: T) => void;
};

/** The platform's own list: it may extend beyond a small window, and assistive software knows it. */
export function SelectField<T extends string>({ label, value, choices, change }: SelectFieldProps<T>) {
  const selectId = useId();
  return (
    <Row label={label} controlId={selectId}>
      <div className={styles.select}>
        <select
          id={selectId}
          value={value}
          onChange={(event) => {
            const chosen = choices.find((choice) => choice.value === event.target.value);
            if (chosen !== undefined) change(chosen.value);
          }}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
        <ChevronDown size={16} aria-hidden />
      </div>
    </Row>
  );
}
