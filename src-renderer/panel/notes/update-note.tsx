import { Info, X } from 'lucide-react';
import type { UiState } from '../../../src-main/contract/ui-state.ts';
import { toldVersion } from '../../../src-main/core/updates/told-version.ts';
import { useApp } from '../../context/app-context.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import styles from './action-note.module.css';

/** Tells of a newer version, until the user closes the note of that one. */
export function UpdateNote({ state }: { readonly state: Pick<UiState, 'settings' | 'updates'> }) {
  const { api, texts } = useApp();
  const { t } = texts;
  const told = toldVersion(state);
  if (told === null) return null;
  const { version, notes } = told;
  return (
    <div className={styles.note} data-update-note>
      <Info size={16} aria-hidden />
      <p>{t('update.newer', { version })}</p>
      <div className={styles.buttons}>
        <Button tone="quiet" title={notes} onClick={() => void api.openLink({ url: notes })}>
          {t('update.notes')}
        </Button>
        <IconButton label={t('notice.dismiss')} onClick={() => void api.closeUpdate({ version })}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}
