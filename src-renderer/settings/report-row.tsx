import { useApp } from '../context/app-context.ts';
import styles from '../controls/controls.module.css';
import { Button } from '../parts/button.tsx';

/** The way to the report of a problem, which the panel shows. */
export function ReportRow() {
  const { api, texts } = useApp();
  const { t } = texts;
  return (
    <div className={styles.fileRow}>
      <div className={styles.file}>
        <p>{t('report.title')}</p>
        <p className={styles.hint}>{t('settings.reportHint')}</p>
      </div>
      <Button aria-label={t('report.title')} onClick={() => void api.showReport({})}>
        {t('report.open')}
      </Button>
    </div>
  );
}
