import type { UiState } from '../../../src-main/contract/ui-state.ts';
import { useApp } from '../../context/app-context.ts';
import controls from '../../controls/controls.module.css';
import { SwitchField } from '../../controls/switch-field.tsx';
import { Button } from '../../parts/button.tsx';
import { ErrorText } from '../../parts/error-text.tsx';
import styles from './about-rows.module.css';

type UpdateRowsProps = { readonly state: Pick<UiState, 'desktop' | 'settings' | 'updates'> };

/** The version that runs, whether there is a newer one, and whether to look for one each day. */
export function UpdateRows({ state: { desktop, settings, updates } }: UpdateRowsProps) {
  const { api, texts } = useApp();
  const { t, date } = texts;
  const { page, canCheck, step, newer } = updates;
  const checks = page !== null && canCheck;
  const { answeredAt } = settings.updates;
  return (
    <>
      <div className={controls.fileRow}>
        <div className={controls.file} role="status">
          <p>
            {t('settings.about.version')} <span className={styles.fact}>{desktop.versions.app}</span>
          </p>
          {!checks && <p className={controls.hint}>{t('settings.updates.cannot')}</p>}
          {newer !== null && <p>{t('update.newer', { version: newer.version })}</p>}
          {step.kind === 'failed' && <ErrorText error={step.error} />}
          {checks && newer === null && step.kind !== 'failed' && answeredAt !== null && (
            <p className={controls.hint}>{t('settings.updates.current', { date: date(answeredAt) })}</p>
          )}
        </div>
        <div className={controls.fileButtons}>
          {newer !== null && <Button onClick={() => void api.openLink({ url: newer.notes })}>{t('update.notes')}</Button>}
          {checks && (
            <Button busy={step.kind === 'checking'} onClick={() => void api.checkForUpdates({})}>
              {t('settings.updates.check')}
            </Button>
          )}
        </div>
      </div>
      {checks && (
        <SwitchField
          label={t('settings.updates.tell')}
          hint={t('settings.updates.tellHint', { host: new URL(page).host })}
          value={settings.tellUpdates}
          change={(tellUpdates) => void api.changeSettings({ tellUpdates })}
        />
      )}
    </>
  );
}
