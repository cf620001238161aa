import type { ReactNode } from 'react';
import styles from './controls.module.css';

type RowProps = {
  readonly label: string;
  readonly controlId: string;
  /** What the label alone does not say. */
  readonly hint?: string | undefined;
  /** Whether the control stands below its label, as wide as both: what is written there is long. */
  readonly isBroad?: boolean;
  readonly children: ReactNode;
};

/** A control with its name; `labelId` of its ID names it. */
export function Row({ label, controlId, hint, isBroad = false, children }: RowProps) {
  const broad = isBroad ? styles.broad : '';
  return (
    <div className={styles.row}>
      <div className={broad}>
        <label id={labelId(controlId)} htmlFor={controlId}>
          {label}
        </label>
        {hint !== undefined && <p className={styles.hint}>{hint}</p>}
      </div>
      <div className={`${styles.control} ${broad}`}>{children}</div>
    </div>
  );
}

/** The ID of the label of a control. */
export function labelId(controlId: string): string {
  return `${controlId}-label`;
}

/** A titled block of rows. */
export function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h2 className={styles.groupTitle}>{title}</h2>
      <div className={styles.rows}>{children}</div>
    </section>
  );
}
