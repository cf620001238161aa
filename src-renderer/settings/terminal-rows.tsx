import { clipboardSeconds, exportShells } from '../../src-main/contract/limits.ts';
import type { Settings, SettingsChange } from '../../src-main/contract/settings.ts';
import type { Terminal } from '../../src-main/contract/ui-state.ts';
import { useTexts } from '../context/app-context.ts';
import { NumberField } from '../controls/number-field.tsx';
import { RadioField } from '../controls/radio-field.tsx';
import { SelectField } from '../controls/select-field.tsx';
import { shellLabel } from '../texts/shells.ts';
import type { Translate } from '../texts/texts.ts';
import { terminalChoices } from './terminal-choices.ts';

type TerminalRowsProps = { readonly settings: Settings; readonly terminals: readonly Terminal[]; readonly change: (changes: SettingsChange) => void };

/** How credentials reach a terminal, and the clipboard. */
export function TerminalRows({ settings, terminals, change }: TerminalRowsProps) {
  const { t } = useTexts();
  return (
    <>
      <SelectField
        label={t('settings.terminal')}
        value={settings.terminal}
        choices={terminalChoices(settings.terminal, terminals, t)}
        change={(terminal) => change({ terminal })}
      />
      <RadioField
        label={t('settings.terminalCredentials')}
        value={settings.terminalCredentials}
        choices={credentialChoices(t)}
        change={(terminalCredentials) => change({ terminalCredentials })}
      />
      <SelectField
        label={t('settings.exportShell')}
        value={settings.exportShell}
        choices={exportShells.map((shell) => ({ value: shell, label: shellLabel(shell) }))}
        change={(exportShell) => change({ exportShell })}
      />
      <NumberField
        label={t('settings.clipboardSeconds')}
        value={settings.clipboardSeconds}
        unit={t('unit.seconds')}
        limits={clipboardSeconds}
        change={(seconds) => change({ clipboardSeconds: seconds })}
      />
    </>
  );
}

function credentialChoices(t: Translate) {
  return [
    { value: 'renewable', label: t('settings.renewable'), hint: t('settings.renewableHint') },
    { value: 'static', label: t('settings.static'), hint: t('settings.staticHint') },
  ] as const;
}
