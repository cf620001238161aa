import { CircleAlert, CircleCheck, CircleDot, CircleHelp } from 'lucide-react';
import type { Verdict } from '../../src-main/contract/guard.ts';
import { useTexts } from '../context/app-context.ts';
import styles from './verdict-mark.module.css';

/** In words as well as by colour and shape. */
export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  const { t } = useTexts();
  switch (verdict) {
    case 'match':
      return (
        <span className={`${styles.mark} ${styles.match}`}>
          <CircleCheck size={14} aria-hidden /> {t('verdict.match')}
        </span>
      );
    case 'mismatch':
      return (
        <span className={`${styles.mark} ${styles.mismatch}`}>
          <CircleAlert size={14} aria-hidden /> {t('verdict.mismatch')}
        </span>
      );
    case 'at-run-time':
      return (
        <span className={`${styles.mark} ${styles.unsure}`}>
          <CircleDot size={14} aria-hidden /> {t('verdict.atRunTime')}
        </span>
      );
    case 'unknown':
      return (
        <span className={`${styles.mark} ${styles.unsure}`}>
          <CircleHelp size={14} aria-hidden /> {t('verdict.unknown')}
        </span>
      );
    case 'unstated':
      return (
        <span className={`${styles.mark} ${styles.unsure}`}>
          <CircleHelp size={14} aria-hidden /> {t('verdict.unstated')}
        </span>
      );
  }
}
