import { useId } from 'react';
import styles from './controls.module.css';

type SwitchFieldProps = {
  readonly label: string;
  /** What the switch does, where the label alone does not say it. */
  readonly hint?: string;
  readonly value: boolean;
  readonly change: (value: boolean) => void;
};

export function SwitchField({ label, hint, value, change }: SwitchFieldProps) {
  const id = useId();
  return (
    <label className={styles.switchRow}>
      <span>
        <span id={id}>{label}</span>
        {hint !== undefined && (
          <span id={`${id}-hint`} className={styles.hint}>
            {hint}
          </span>
        )}
      </span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={value}
        aria-labelledby={id}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        checked={value}
        onChange={({ target }) => change(target.checked)}
        className={styles.switch}
      />
    </label>
  );
}
