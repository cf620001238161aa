import type { UiState } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../context/app-context.ts';
import { Button } from '../parts/button.tsx';
import styles from '../controls/controls.module.css';

type FileRowsProps = {
  readonly files: UiState['files'];
  /** Whether the user chose another file than the usual one. */
  readonly chosen: boolean;
};

/** Which AWS files are in use: the environment, or the user, may have named others than the usual ones. */
export function FileRows({ files, chosen }: FileRowsProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  return (
    <>
      {row(t('settings.configFile'), files.config, t('settings.openConfig'), t('settings.chooseConfig'), 'config')}
      {row(t('settings.credentialsFile'), files.credentials, t('settings.openCredentials'), t('settings.chooseCredentials'), 'credentials')}
      {chosen && (
        <div className={styles.fileRow}>
          <Button onClick={() => void api.resetAwsFiles({})}>{t('settings.usualFiles')}</Button>
        </div>
      )}
    </>
  );

  function row(label: string, path: string, openLabel: string, chooseLabel: string, file: keyof UiState['files']) {
    return (
      <div className={styles.fileRow}>
        <div className={styles.file}>
          <p>{label}</p>
          <p className={styles.path}>{path}</p>
        </div>
        <div className={styles.fileButtons}>
          <Button aria-label={chooseLabel} onClick={() => void api.chooseAwsFile({ file })}>
            {t('settings.choose')}
          </Button>
          <Button aria-label={openLabel} onClick={() => void api.openConfigFile({ file })}>
            {t('settings.open')}
          </Button>
        </div>
      </div>
    );
  }
}
