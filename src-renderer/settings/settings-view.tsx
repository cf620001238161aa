import { useEffect, useState } from 'react';
import { accessKeyWarnDays } from '../../src-main/contract/limits.ts';
import type { LanguageChoice, SettingsChange, ThemeChoice } from '../../src-main/contract/settings.ts';
import type { Notice, UiState } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../context/app-context.ts';
import { NumberField } from '../controls/number-field.tsx';
import { Group } from '../controls/row.tsx';
import { SelectField, type Choice } from '../controls/select-field.tsx';
import { SwitchField } from '../controls/switch-field.tsx';
import { NoticeBar } from '../parts/notice-bar.tsx';
import type { Translate } from '../texts/texts.ts';
import { AboutRows } from './about/about-rows.tsx';
import { AccountRows } from './account-rows.tsx';
import { CodeSourceRows } from './code-source-rows.tsx';
import { FileRows } from './file-rows.tsx';
import { GuardRows } from './guard-rows.tsx';
import { NotifyField } from './notify-field.tsx';
import { ProxyField } from './proxy-field.tsx';
import { SessionLengthField } from './session-length-field.tsx';
import styles from './settings-view.module.css';
import { ShortcutField } from './shortcut-field.tsx';
import { StorageRows } from './storage-rows.tsx';
import { TerminalRows } from './terminal-rows.tsx';

/** What people come for stands first, what is set once or only looked up last. */
export function SettingsView({ state }: { readonly state: UiState }) {
  const { api, texts } = useApp();
  const { t } = texts;
  const { settings, terminals, files, desktop } = state;
  const change = (changes: SettingsChange) => void api.changeSettings(changes);
  const notice = concernsSettings(state.notice) ? state.notice : null;
  const [hasDialog, setHasDialog] = useState(false);
  useCloseByEscape(notice === null && !hasDialog);

  return (
    <div className={styles.window}>
      <main className={styles.content}>
        <h1 className={styles.heading}>{t('panel.settings')}</h1>
        <Group title={t('settings.general')}>
          <SelectField label={t('settings.language')} value={settings.language} choices={languageChoices(t)} change={(language) => change({ language })} />
          <SelectField label={t('settings.theme')} value={settings.theme} choices={themeChoices(t)} change={(theme) => change({ theme })} />
          <ShortcutField value={settings.globalShortcut} desktop={desktop} change={(globalShortcut) => change({ globalShortcut })} />
          <SwitchField label={t('settings.startAtLogin')} value={settings.startAtLogin} change={(startAtLogin) => change({ startAtLogin })} />
          {desktop.platform === 'darwin' && (
            <SwitchField label={t('settings.menuBarTime')} value={settings.menuBarTime} change={(menuBarTime) => change({ menuBarTime })} />
          )}
        </Group>
        <Group title={t('settings.sessions')}>
          <SessionLengthField seconds={settings.sessionSeconds} change={(sessionSeconds) => change({ sessionSeconds })} />
          <NotifyField value={settings.notifyMinutes} change={(notifyMinutes) => change({ notifyMinutes })} />
          <NumberField
            label={t('accessKeys.warnDays')}
            hint={t('accessKeys.warnDaysHint')}
            value={settings.accessKeyWarnDays}
            unit={t('unit.days')}
            limits={accessKeyWarnDays}
            change={(days) => change({ accessKeyWarnDays: days })}
          />
        </Group>
        <Group title={t('settings.accounts.heading')}>
          <AccountRows state={state} onDialog={setHasDialog} />
        </Group>
        <Group title={t('settings.codes.heading')}>
          <CodeSourceRows state={state} />
        </Group>
        <Group title={t('settings.protection')}>
          <GuardRows settings={settings} platform={desktop.platform} change={change} />
        </Group>
        <Group title={t('settings.handOff')}>
          <TerminalRows settings={settings} terminals={terminals} change={change} />
        </Group>
        <Group title={t('settings.storage')}>
          <StorageRows keychain={state.keychain} profiles={state.profiles} />
        </Group>
        <Group title={t('settings.files')}>
          <FileRows files={files} chosen={settings.awsFiles.config !== null || settings.awsFiles.credentials !== null} />
          <ProxyField value={settings.proxy} change={(proxy) => change({ proxy })} />
        </Group>
        <Group title={t('settings.about.heading')}>
          <AboutRows state={state} />
        </Group>
      </main>
      <NoticeBar notice={notice} />
    </div>
  );
}

/** Escape dismisses a notice first, and closes a dialog. */
function useCloseByEscape(closes: boolean): void {
  useEffect(() => {
    if (!closes) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) window.close();
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

const ownFailures: ReadonlySet<string> = new Set([
  'settings-unwritable',
  'file-not-opened',
  'login-item-unwritable',
  'shortcut-refused',
  'aws-file-fixed',
  'link-not-opened',
]);

/** The panel says how a hand-off went. */
function concernsSettings(notice: Notice | null): boolean {
  if (notice?.kind !== 'failed') return false;
  return ownFailures.has(notice.error.code);
}
