import styles from './time-bar.module.css';

/** A bar that empties. It only repeats what the timer says, so it is hidden from screen readers. */
export function TimeBar({ fraction, soon }: { readonly fraction: number; readonly soon: boolean }) {
  return (
    <svg viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden className={styles.bar}>
      <rect width="100" height="3" className={styles.track} />
      <rect width={100 * fraction} height="3" className={soon ? styles.soon : styles.left} />
    </svg>
  );
}
