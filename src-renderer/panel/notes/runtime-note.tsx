import { Info } from 'lucide-react';
import type { Desktop } from '../../../src-main/contract/desktop/desktop.ts';
import { useTexts } from '../../context/app-context.ts';
import styles from './keychain-note.module.css';

/** Says that the app runs on an Electron that is old and not from its makers, which a release never does. */
export function RuntimeNote({ desktop: { unofficialRuntime } }: { readonly desktop: Desktop }) {
  const { t } = useTexts();
  if (unofficialRuntime === null) return null;
  return (
    <section aria-label={t('runtimeNote.label')} className={styles.note} data-runtime-note>
      <Info size={16} aria-hidden />
      <p>{t('runtimeNote.what', { version: unofficialRuntime })}</p>
    </section>
  );
}
