import { useId } from 'react';
import styles from './controls.module.css';
import type { Choice } from './select-field.tsx';

type RadioFieldProps<T extends string> = {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly (Choice<T> & { readonly hint: string })[];
  readonly change: (value: T) => void;
};

/** For choices that need a sentence each. */
export function RadioField<T extends string>({ label, value, choices, change }: RadioFieldProps<T>) {
  const group = useId();
  return (
    <fieldset className={styles.radios}>
      <legend>{label}</legend>
      {choices.map((choice) => (
        <div key={choice.value} className={styles.radio}>
          <input
            id={`${group}-${choice.value}`}
            type="radio"
            name={group}
            checked={choice.value === value}
            aria-describedby={`${group}-${choice.value}-hint`}
            onChange={() => change(choice.value)}
          />
          <div>
            <label htmlFor={`${group}-${choice.value}`}>{choice.label}</label>
            <p id={`${group}-${choice.value}-hint`} className={styles.hint}>
              {choice.hint}
            </p>
          </div>
        </div>
      ))}
    </fieldset>
  );
}
