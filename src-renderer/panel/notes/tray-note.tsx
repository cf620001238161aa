import { Info } from 'lucide-react';
import type { Desktop } from '../../../src-main/contract/desktop/desktop.ts';
import { useTexts } from '../../context/app-context.ts';
import styles from './keychain-note.module.css';

/** Says where the app is once this window is closed, on a desktop that shows no icon for it. */
export function TrayNote({ desktop }: { readonly desktop: Desktop }) {
  const { t } = useTexts();
  if (desktop.tray !== 'missing') return null;
  return (
    <section aria-label={t('trayNote.label')} className={styles.note}>
      <Info size={16} aria-hidden />
      <div>
        <p>{t('trayNote.what')}</p>
        <p>{t('trayNote.reopen')}</p>
        <p>{t('trayNote.icons')}</p>
      </div>
    </section>
  );
}
