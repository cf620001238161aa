import type { ReactNode } from 'react';
import styles from './controls.module.css';

type RowProps = { readonly label: string; readonly controlId: string; readonly children: ReactNode };

export function Row({ label, controlId, children }: RowProps) {
  return (
    <div className={styles.row}>
      <label htmlFor={controlId} className={styles.label}>
        {label}
      </label>
      <div className={styles.control}>{children}</div>
    </div>
  );
}

/** A titled block of rows. */
export function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.group}>
      <h2 className={styles.groupTitle}>{title}</h2>
      <div className={styles.rows}>{children}</div>
    </section>
  );
}
