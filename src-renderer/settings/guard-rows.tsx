import type { Settings, SettingsChange } from '../../src-main/contract/settings.ts';
import type { Desktop } from '../../src-main/contract/desktop/desktop.ts';
import { useTexts } from '../context/app-context.ts';
import { SwitchField } from '../controls/switch-field.tsx';

type GuardRowsProps = { readonly settings: Settings; readonly platform: Desktop['platform']; readonly change: (changes: SettingsChange) => void };

/** What stands between a program and credentials that it is not meant to have. */
export function GuardRows({ settings, platform, change }: GuardRowsProps) {
  const { t } = useTexts();
  return (
    <>
      {platform !== 'win32' && (
        <SwitchField
          label={t('settings.guardTerminals')}
          hint={t('settings.guardTerminalsHint')}
          value={settings.guardTerminals}
          change={(guardTerminals) => change({ guardTerminals })}
        />
      )}
      <SwitchField
        label={t('settings.relayRuns')}
        hint={t('settings.relayRunsHint')}
        value={settings.relayRuns}
        change={(relayRuns) => change({ relayRuns })}
      />
      <SwitchField
        label={t('settings.askPrograms')}
        hint={t('settings.askProgramsHint')}
        value={settings.askPrograms}
        change={(askPrograms) => change({ askPrograms })}
      />
      <SwitchField
        label={t('settings.onlyProfile')}
        hint={t('settings.onlyProfileHint')}
        value={settings.onlyProfile}
        change={(onlyProfile) => change({ onlyProfile })}
      />
    </>
  );
}
