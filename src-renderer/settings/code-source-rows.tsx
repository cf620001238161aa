import { useState } from 'react';
import type { CodeSource, Settings } from '../../src-main/contract/settings.ts';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { nameMax, shortened } from '../../src-main/core/printable.ts';
import { commandWords } from '../../src-main/core/user-commands/command-words.ts';
import { useApp } from '../context/app-context.ts';
import styles from '../controls/controls.module.css';
import { SelectField, type Choice } from '../controls/select-field.tsx';
import { SwitchField } from '../controls/switch-field.tsx';
import { TextField } from '../controls/text-field.tsx';
import type { Translate } from '../texts/texts.ts';
import { codePresets, isPlaceholder, presetOf, programIn, type CodePresetId } from './code-presets.ts';

type CodeSourceRowsProps = { readonly state: Pick<UiState, 'profiles' | 'settings' | 'desktop'> };

/** For each MFA device that the app knows, where its codes come from. */
export function CodeSourceRows({ state }: CodeSourceRowsProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const { settings } = state;
  const devices = knownDevices(state);
  const change = (serial: string, source: CodeSource): void => void api.changeSettings({ codeSources: { [serial]: source } });
  return (
    <>
      {devices.length === 0 && <p className={styles.hint}>{t('settings.codes.none')}</p>}
      {devices.map((serial) => (
        <DeviceRows
          key={serial}
          serial={serial}
          source={(Object.hasOwn(settings.codeSources, serial) ? settings.codeSources[serial] : undefined) ?? { from: 'profile', line: '', touch: false }}
          platform={state.desktop.platform}
          change={(source) => change(serial, source)}
        />
      ))}
      <SwitchField
        label={t('settings.codes.production')}
        hint={t('settings.codes.productionHint')}
        value={settings.codeSourcesInProduction}
        change={(codeSourcesInProduction) => void api.changeSettings({ codeSourcesInProduction })}
      />
    </>
  );
}

type DeviceRowsProps = {
  readonly serial: string;
  readonly source: CodeSource;
  readonly platform: string;
  readonly change: (source: CodeSource) => void;
};

function DeviceRows({ serial, source, platform, change }: DeviceRowsProps) {
  const { texts } = useApp();
  const { t } = texts;
  const name = deviceName(serial);
  // The command of a preset is nobody's until the user has put a name into it.
  const [begun, setBegun] = useState<string | null>(null);
  const line = begun ?? (source.from === 'command' ? source.line : null);
  const chosen = line === null ? source.from : (presetOf(line) ?? 'command');
  const choose = (id: Way): void => {
    const isWay = id === 'profile' || id === 'typing';
    setBegun(isWay ? null : (codePresets.find((preset) => preset.id === id)?.line ?? ''));
    // What was said of one program's key says nothing of another's.
    if (isWay) change({ ...source, from: id, touch: source.touch && source.from === id });
  };
  return (
    <>
      <SelectField label={t('settings.codes.device', { device: name })} value={chosen} choices={ways(t)} change={choose} />
      {line !== null && (
        <TextField
          // Another preset is another text, whatever was typed into the one before.
          key={chosen}
          isBroad
          label={t('settings.codes.command', { device: name })}
          value={line}
          placeholder="/opt/bin/code NAME"
          complaint={complaint}
          unfinished={begun === null ? null : complaint(begun)}
          change={(typed) => {
            setBegun(null);
            change({ from: 'command', line: typed, touch: source.touch && source.from === 'command' && programIn(typed) === programIn(source.line) });
          }}
        />
      )}
      {source.from !== 'typing' && (
        <SwitchField
          label={t('settings.codes.touch', { device: name })}
          hint={t('settings.codes.touchHint')}
          value={source.touch}
          change={(touch) => change({ ...source, touch })}
        />
      )}
    </>
  );

  function complaint(typed: string): string | null {
    const words = commandWords(typed, platform);
    if (words.ok) return words.value.some(isPlaceholder) ? t('settings.codes.placeholder') : null;
    const { what, next } = texts.error(words.error);
    return `${what} ${next}`;
  }
}

type Way = Exclude<CodeSource['from'], 'command'> | CodePresetId | 'command';

function ways(t: Translate): readonly Choice<Way>[] {
  return [
    { value: 'profile', label: t('settings.codes.profile') },
    { value: 'typing', label: t('settings.codes.typing') },
    ...codePresets.map(({ id, label }) => ({ value: id, label })),
    { value: 'command', label: t('settings.codes.own') },
  ];
}

/** Of an ARN the part by which the user knows it; two users may have devices of one name. */
function deviceName(serial: string): string {
  const [, accountId, name] = /^arn:[^:]*:iam::(\d{12}):mfa\/(.+)$/.exec(serial) ?? [];
  return shortened(name === undefined ? serial : `${name} (${accountId})`, nameMax);
}

function knownDevices({ profiles, settings }: { readonly profiles: UiState['profiles']; readonly settings: Settings }): readonly string[] {
  const serials = [...profiles.flatMap(({ mfaSerial }) => mfaSerial ?? []), ...Object.values(settings.mfaSerials), ...Object.keys(settings.codeSources)];
  // Security keys give no codes.
  return [...new Set(serials)].filter((serial) => !/:u2f\//.test(serial));
}
