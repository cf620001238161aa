import { Switch } from '@base-ui/react/switch';
import { useId } from 'react';
import styles from './controls.module.css';

type SwitchFieldProps = { readonly label: string; readonly value: boolean; readonly change: (value: boolean) => void };

export function SwitchField({ label, value, change }: SwitchFieldProps) {
  const labelId = useId();
  return (
    <label className={styles.switchRow}>
      <span id={labelId} className={styles.label}>
        {label}
      </span>
      <Switch.Root
        aria-labelledby={labelId}
        checked={value}
        onCheckedChange={(checked) => change(checked)}
        className={styles.switch}
      >
        <Switch.Thumb className={styles.thumb} />
      </Switch.Root>
    </label>
  );
}
