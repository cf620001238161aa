import { ChevronDown } from 'lucide-react';
import { useId } from 'react';
import { reminderHours } from '../../src-main/contract/limits.ts';
import type { ReminderHours } from '../../src-main/contract/settings.ts';
import { useApp } from '../context/app-context.ts';
import controls from '../controls/controls.module.css';
import styles from './project-card.module.css';

/** When the app reminds the user of what an apply has deployed. */
export function Reminder({ folder, afterHours }: { readonly folder: string; readonly afterHours: ReminderHours | null }) {
  const { api, texts } = useApp();
  const { t, duration } = texts;
  const selectId = useId();
  return (
    <div className={styles.bound}>
      <label htmlFor={selectId}>{t('reminder.label')}</label>
      <div className={`${controls.select} ${styles.reminder}`}>
        <select
          id={selectId}
          value={afterHours ?? ''}
          onChange={({ target }) => void api.remindOfProject({ folder, afterHours: reminderHours.find((each) => String(each) === target.value) ?? null })}
        >
          <option value="">{t('reminder.never')}</option>
          {reminderHours.map((each) => (
            <option key={each} value={each}>
              {t('reminder.after', { duration: duration(each * 3600) })}
            </option>
          ))}
        </select>
        <ChevronDown size={16} aria-hidden />
      </div>
    </div>
  );
}
