import { useEffect } from 'react';
import { accessKeyWarnDays, clipboardSeconds, exportShells } from '../../src-main/contract/limits.ts';
import type { LanguageChoice, SettingsChange, ThemeChoice } from '../../src-main/contract/settings.ts';
import type { Notice, UiState } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../context/app-context.ts';
import { NoticeBar } from '../parts/notice-bar.tsx';
import { shellLabel } from '../texts/shells.ts';
import type { Translate } from '../texts/texts.ts';
import { CodeSourceRows } from './code-source-rows.tsx';
import { FileRows } from './file-rows.tsx';
import { NotifyField } from './notify-field.tsx';
import { NumberField } from '../controls/number-field.tsx';
import { ReportRow } from './report-row.tsx';
import { ProxyField } from './proxy-field.tsx';
import { RadioField } from '../controls/radio-field.tsx';
import { Group } from '../controls/row.tsx';
import { SelectField, type Choice } from '../controls/select-field.tsx';
import { SessionLengthField } from './session-length-field.tsx';
import styles from './settings-view.module.css';
import { StorageRows } from './storage-rows.tsx';
import { SwitchField } from '../controls/switch-field.tsx';
import { terminalChoices } from './terminal-choices.ts';

export function SettingsView({ state }: { readonly state: UiState }) {
  const { api, texts } = useApp();
  const { t } = texts;
  const { settings, terminals, files } = state;
  const change = (changes: SettingsChange) => void api.changeSettings(changes);
  const notice = concernsSettings(state.notice) ? state.notice : null;
  useCloseByEscape(notice === null);

  return (
    <div className={styles.window}>
      <main className={styles.content}>
        <h1 className={styles.heading}>{t('panel.settings')}</h1>
        <Group title={t('settings.general')}>
          <SelectField label={t('settings.language')} value={settings.language} choices={languageChoices(t)} change={(language) => change({ language })} />
          <SelectField label={t('settings.theme')} value={settings.theme} choices={themeChoices(t)} change={(theme) => change({ theme })} />
          <SwitchField label={t('settings.startAtLogin')} value={settings.startAtLogin} change={(startAtLogin) => change({ startAtLogin })} />
          {state.desktop.platform === 'darwin' && (
            <SwitchField label={t('settings.menuBarTime')} value={settings.menuBarTime} change={(menuBarTime) => change({ menuBarTime })} />
          )}
          <NotifyField value={settings.notifyMinutes} change={(notifyMinutes) => change({ notifyMinutes })} />
          <NumberField
            label={t('accessKeys.warnDays')}
            value={settings.accessKeyWarnDays}
            limits={accessKeyWarnDays}
            change={(days) => change({ accessKeyWarnDays: days })}
          />
        </Group>
        <Group title={t('settings.sessions')}>
          <SessionLengthField seconds={settings.sessionSeconds} change={(sessionSeconds) => change({ sessionSeconds })} />
        </Group>
        <Group title={t('settings.codes.heading')}>
          <CodeSourceRows state={state} />
        </Group>
        <Group title={t('settings.handOff')}>
          <SelectField
            label={t('settings.exportShell')}
            value={settings.exportShell}
            choices={exportShells.map((shell) => ({ value: shell, label: shellLabel(shell) }))}
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
          {state.desktop.platform !== 'win32' && (
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
          <NumberField
            label={t('settings.clipboardSeconds')}
            value={settings.clipboardSeconds}
            limits={clipboardSeconds}
            change={(seconds) => change({ clipboardSeconds: seconds })}
          />
        </Group>
        <Group title={t('settings.network')}>
          <ProxyField value={settings.proxy} change={(proxy) => change({ proxy })} />
        </Group>
        <Group title={t('settings.storage')}>
          <StorageRows keychain={state.keychain} profiles={state.profiles} dataFolder={state.desktop.dataFolder} />
        </Group>
        <Group title={t('settings.files')}>
          <FileRows files={files} chosen={settings.awsFiles.config !== null || settings.awsFiles.credentials !== null} />
        </Group>
        <Group title={t('settings.help')}>
          <ReportRow />
        </Group>
      </main>
      <NoticeBar notice={notice} />
    </div>
  );
}

/** Escape dismisses a notice first. */
function useCloseByEscape(closes: boolean): void {
  useEffect(() => {
    if (!closes) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) window.close();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [closes]);
}

/** Each language in its own words, so that people who cannot read the present one find theirs. */
function languageChoices(t: Translate): readonly Choice<LanguageChoice>[] {
  return [
    { value: 'system', label: t('settings.languageSystem') },
    { value: 'en', label: 'English' },
    { value: 'ja', label: '日本語' },
  ];
}

function themeChoices(t: Translate): readonly Choice<ThemeChoice>[] {
  return [
    { value: 'system', label: t('settings.themeSystem') },
    { value: 'light', label: t('settings.themeLight') },
    { value: 'dark', label: t('settings.themeDark') },
  ];
}

function credentialChoices(t: Translate) {
  return [
    { value: 'renewable', label: t('settings.renewable'), hint: t('settings.renewableHint') },
    { value: 'static', label: t('settings.static'), hint: t('settings.staticHint') },
  ] as const;
}

/** The panel says how a hand-off went. */
function concernsSettings(notice: Notice | null): boolean {
  if (notice?.kind !== 'failed') return false;
  const { code } = notice.error;
  return code === 'settings-unwritable' || code === 'file-not-opened' || code === 'login-item-unwritable' || code === 'aws-file-fixed';
}
