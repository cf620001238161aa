import styles from './time-ring.module.css';

/** A ring that empties. It only repeats what the timer beside it says, so it is hidden from screen readers. */
export function TimeRing({ fraction, soon }: { readonly fraction: number; readonly soon: boolean }) {
  return (
    <svg viewBox="0 0 44 44" aria-hidden className={styles.ring}>
      <circle cx="22" cy="22" r="19" className={styles.track} />
      <circle
        cx="22"
        cy="22"
        r="19"
        pathLength="1"
        strokeDasharray={`${fraction} 1`}
        transform="rotate(-90 22 22)"
        className={soon ? styles.soon : styles.left}
      />
    </svg>
  );
}
