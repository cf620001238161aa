import type { UiState } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../app-context.ts';
import { Button } from '../parts/button.tsx';
import styles from './controls.module.css';

/** Which AWS files are in use: the environment may have named others than the usual ones. */
export function FileRows({ files }: { readonly files: UiState['files'] }) {
  const { api, texts } = useApp();
  const { t } = texts;
  return (
    <>
      {row(t('settings.configFile'), files.config, t('settings.openConfig'), 'config')}
      {row(t('settings.credentialsFile'), files.credentials, t('settings.openCredentials'), 'credentials')}
    </>
  );

  function row(label: string, path: string, openLabel: string, file: keyof UiState['files']) {
    return (
      <div className={styles.fileRow}>
        <div className={styles.file}>
          <p>{label}</p>
          <p className={styles.path}>{path}</p>
        </div>
        <Button aria-label={openLabel} onClick={() => void api.openConfigFile({ file })}>
          {t('settings.open')}
        </Button>
      </div>
    );
  }
}
