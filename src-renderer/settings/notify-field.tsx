import { useId } from 'react';
import { notifyMinutes } from '../../src-main/contract/limits.ts';
import type { NotifyMinutes } from '../../src-main/contract/settings.ts';
import { useTexts } from '../context/app-context.ts';
import styles from '../controls/controls.module.css';

type NotifyFieldProps = { readonly value: readonly NotifyMinutes[]; readonly change: (value: NotifyMinutes[]) => void };

/** When notifications come; with nothing ticked there are none. */
export function NotifyField({ value, change }: NotifyFieldProps) {
  const { t, number } = useTexts();
  const labelId = useId();
  return (
    <div role="group" aria-labelledby={labelId} className={styles.row}>
      <div>
        <span id={labelId}>{t('settings.notify')}</span>
        <p className={styles.hint}>{value.length === 0 ? t('settings.notifyNever') : t('settings.notifyHint')}</p>
      </div>
      <div className={styles.checks}>
        {notifyMinutes.map((minutes) => (
          <label key={minutes} className={styles.check}>
            <input
              type="checkbox"
              checked={value.includes(minutes)}
              onChange={({ target }) => change(notifyMinutes.filter((each) => (each === minutes ? target.checked : value.includes(each))))}
            />
            {t('duration.minutes', { minutes: number(minutes) })}
          </label>
        ))}
      </div>
    </div>
  );
}
