import { useApp } from '../context/app-context.ts';
import styles from '../controls/controls.module.css';
import { Button } from '../parts/button.tsx';

/** The way to the report of a problem, which the panel shows. */
export function ReportRow() {
  const { api, texts } = useApp();
  const { t } = texts;
  return (
    <div className={styles.fileRow}>
      <p className={`${styles.file} ${styles.hint}`}>{t('settings.reportHint')}</p>
      <Button onClick={() => void api.showReport({})}>{t('report.open')}</Button>
    </div>
  );
}
