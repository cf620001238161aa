import { Info } from 'lucide-react';
import type { Keychain, Profile } from '../../../src-main/contract/ui-state.ts';
import { useTexts } from '../../context/app-context.ts';
import { ErrorText } from '../../parts/error-text.tsx';
import styles from './keychain-note.module.css';
import { isLive } from '../../../src-main/core/sessions/session.ts';

type KeychainNoteProps = { readonly keychain: Keychain; readonly profiles: readonly Profile[] };

/** Why a restart will ask for a code again, in a line that opens; worth saying only once a code has been given. */
export function KeychainNote({ keychain, profiles }: KeychainNoteProps) {
  const { t } = useTexts();
  const madeWithCode = profiles.some(({ session }) => isLive(session) && session.origin === 'code');
  if (keychain.kind !== 'unavailable' || !madeWithCode) return null;
  return (
    <section aria-label={t('panel.keychain')} className={styles.note}>
      <Info size={16} aria-hidden />
      <details>
        <summary className={styles.summary}>
          {t('panel.keychainNotUsed')} <span className={styles.details}>{t('panel.details')}</span>
        </summary>
        <ErrorText error={keychain.error} />
      </details>
    </section>
  );
}
