import type { AppError } from '../../src-main/contract/app-error.ts';
import { useTexts } from '../context/app-context.ts';
import styles from './error-text.module.css';

/** What happened, and what to do next. */
export function ErrorText({ error }: { readonly error: AppError }) {
  const { what, next } = useTexts().error(error);
  return (
    <div className={styles.text}>
      <p>{what}</p>
      <p className={styles.next}>{next}</p>
    </div>
  );
}
