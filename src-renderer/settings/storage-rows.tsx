import type { ReactNode } from 'react';
import type { Keychain, UiState } from '../../src-main/contract/ui-state.ts';
import { useTexts } from '../context/app-context.ts';
import { ErrorText } from '../parts/error-text.tsx';
import styles from '../controls/controls.module.css';

type StorageRowsProps = Pick<UiState, 'keychain' | 'profiles'>;

/** Where the app keeps what is secret. */
export function StorageRows({ keychain, profiles }: StorageRowsProps) {
  const { t } = useTexts();
  const inKeychain = profiles.filter(({ accessKey }) => accessKey === 'keychain').map(({ name }) => name);
  return (
    <>
      <StorageRow label={t('settings.storedSessions')}>
        <Sessions keychain={keychain} />
      </StorageRow>
      <StorageRow label={t('settings.storedKeys')}>
        <p>{inKeychain.length === 0 ? t('settings.keysInFiles') : t('settings.keysInKeychain', { profiles: inKeychain.join(', ') })}</p>
      </StorageRow>
    </>
  );
}

function Sessions({ keychain }: { readonly keychain: Keychain }) {
  const { t } = useTexts();
  switch (keychain.kind) {
    case 'unasked':
      return <p>{t('settings.sessionsUnasked')}</p>;
    case 'available':
      return <p>{t('settings.sessionsEncrypted')}</p>;
    case 'unavailable':
      return (
        <>
          <p>{t('settings.sessionsInMemory')}</p>
          <ErrorText error={keychain.error} />
        </>
      );
  }
}

function StorageRow({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <p>{label}</p>
      <div className={styles.hint}>{children}</div>
    </div>
  );
}
