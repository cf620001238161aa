import { useId, type ReactNode } from 'react';
import { useTexts } from '../../context/app-context.ts';
import styles from './days.module.css';

/** What happened, listed by day. */
export function Days({ children }: { readonly children: ReactNode }) {
  return <div className={styles.days}>{children}</div>;
}

/** `start` is the local midnight at which the day begins. */
export function DaySection({ start, children }: { readonly start: number; readonly children: ReactNode }) {
  const { day } = useTexts();
  const headingId = useId();
  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId} className={styles.day}>
        {day(start)}
      </h3>
      {children}
    </section>
  );
}
