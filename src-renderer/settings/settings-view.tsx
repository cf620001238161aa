import type { LanguageChoice, SettingsChange } from '../../src-main/contract/settings.ts';
import type { Notice, UiState } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../app-context.ts';
import { NoticeBar } from '../parts/notice-bar.tsx';
import { shellLabel, shells } from '../texts/shells.ts';
import type { Translate } from '../texts/texts.ts';
import { FileRows } from './file-rows.tsx';
import { NumberField } from './number-field.tsx';
import { RadioField } from './radio-field.tsx';
import { Group } from './row.tsx';
import { SelectField, type Choice } from './select-field.tsx';
import { SessionLengthField } from './session-length-field.tsx';
import styles from './settings-view.module.css';
import { StorageRows } from './storage-rows.tsx';
import { SwitchField } from './switch-field.tsx';
import { terminalChoices } from './terminal-choices.ts';

const clipboardSeconds = { min: 5, max: 600 };

export function SettingsView({ state }: { readonly state: UiState }) {
  const { api, texts } = useApp();
  const { t } = texts;
  const { settings, terminals, files } = state;
  const change = (changes: SettingsChange) => void api.changeSettings(changes);

  return (
    <div className={styles.window}>
      <main className={styles.content}>
        <Group title={t('settings.general')}>
          <SelectField
            label={t('settings.language')}
            value={settings.language}
            choices={languageChoices(t)}
            change={(language) => change({ language })}
          />
          <SwitchField
            label={t('settings.notifications')}
            value={settings.notifyMinutes.length > 0}
            change={(on) => change({ notifyMinutes: on ? [30, 10, 2] : [] })}
          />
        </Group>
        <Group title={t('settings.sessions')}>
          <SessionLengthField
            seconds={settings.sessionSeconds}
            change={(sessionSeconds) => change({ sessionSeconds })}
          />
        </Group>
        <Group title={t('settings.handOff')}>
          <SelectField
            label={t('settings.exportShell')}
            value={settings.exportShell}
            choices={shells.map((shell) => ({ value: shell, label: shellLabel(shell) }))}
            change={(exportShell) => change({ exportShell })}
          />
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
          <NumberField
            label={t('settings.clipboardSeconds')}
            value={settings.clipboardSeconds}
            limits={clipboardSeconds}
            change={(seconds) => change({ clipboardSeconds: seconds })}
          />
        </Group>
        <Group title={t('settings.storage')}>
          <StorageRows keychain={state.keychain} profiles={state.profiles} />
        </Group>
        <Group title={t('settings.files')}>
          <FileRows files={files} />
        </Group>
      </main>
      <NoticeBar notice={concernsSettings(state.notice) ? state.notice : null} />
    </div>
  );
}

/** Each language in its own words, so that whoever cannot read the present one finds theirs. */
function languageChoices(t: Translate): readonly Choice<LanguageChoice>[] {
  return [
    { value: 'system', label: t('settings.languageSystem') },
    { value: 'en', label: 'English' },
    { value: 'ja', label: '日本語' },
  ];
}

function credentialChoices(t: Translate) {
  return [
    { value: 'renewable', label: t('settings.renewable'), hint: t('settings.renewableHint') },
    { value: 'static', label: t('settings.static'), hint: t('settings.staticHint') },
  ] as const;
}

/** How a hand-off went is for the panel to say. */
function concernsSettings(notice: Notice | null): boolean {
  if (notice?.kind !== 'failed') return false;
  const { code } = notice.error;
  return code === 'settings-unwritable' || code === 'file-not-opened';
}
