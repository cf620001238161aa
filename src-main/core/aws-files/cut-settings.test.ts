import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readAwsFileText } from './aws-file-text.ts';
import { entriesOf } from './aws-file-sections.ts';
import { withoutSettings, withSettingsBack } from './cut-settings.ts';

const key = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const gone = new Set(['aws_access_key_id', 'aws_secret_access_key', 'role_arn', 'source_profile', 'mfa_serial', 'credential_process']);
const entry = '/opt/sts-tray/bin/sts-tray credential-process prod';
const digest = (line: string) => createHash('sha256').update(line).digest('hex').slice(0, 12);
const config = { kind: 'config', profile: 'prod', gone, entry, key, digest } as const;
const credentials = { ...config, kind: 'credentials', entry: null } as const;

function cut(text: string, wanted: Parameters<typeof withoutSettings>[1] = config) {
  const outcome = withoutSettings(text, wanted);
  if ('unusualLine' in outcome) throw new Error(`line ${outcome.unusualLine}`);
  return outcome;
}

const configs: readonly (readonly [what: string, text: string])[] = [
  [
    'a role',
    '[default]\nregion = x\n\n# prod\n[profile prod]\nrole_arn = r\n# why\nsource_profile=default\n\nregion = eu-west-1\nmfa_serial : m\n\n[profile z]\na = b\n',
  ],
  ['a role at the end without a line end', '[profile prod]\r\nregion = x\r\nrole_arn = r\r\nsource_profile = default'],
  ['a section without anything', '[profile prod]'],
  ['no section', '[default]\nregion = x'],
  ['no section behind an empty line', '[default]\nregion = x\n\n'],
  ['no text', ''],
  ['a key in the config file', `[profile prod]\n aws_access_key_id   =${key.accessKeyId}  # mine\naws_secret_access_key: ${key.secretAccessKey}\n`],
  ['a section twice', '[profile prod]\nrole_arn = r\n[profile b]\n[profile prod]\nsource_profile = b\nregion = x\n'],
  ['equal lines around', '[profile prod]\n\n\nrole_arn = r\n\n\nsource_profile = b\n\n\n'],
  ['a value that goes on below', '[profile prod]\nrole_arn =\n  r\n  # c\nsource_profile = b\ns3 =\n  a = b\n'],
];

describe('a profile whose settings are cut out', () => {
  it.each(configs)('a profile is the same to the byte after its settings were cut out and came back: %s', (_, text) => {
    const { text: after, removal } = cut(text);
    const entries = entriesOf(readAwsFileText(after), 'config')['prod'] ?? {};
    expect(entries['credential_process']).toBe(entry);
    expect(Object.keys(entries).filter((name) => gone.has(name))).toEqual(['credential_process']);
    expect(JSON.stringify(removal)).not.toContain(key.secretAccessKey);
    expect(withSettingsBack(after, removal, config)).toBe(text);
    expect(cut(after)).toEqual({ text: after, removal: { cuts: [], putIn: null } });
  });

  it.each([
    `[other]\naws_access_key_id = A\naws_secret_access_key = B\n\n[prod]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}`,
    `[prod]\r\n; key\r\naws_secret_access_key=${key.secretAccessKey}\r\nregion = x\r\naws_access_key_id=${key.accessKeyId}\r\n[z]\r\n`,
  ])('a credentials file is the same to the byte after a key was cut out and came back (%#)', (text) => {
    const { text: after, removal } = cut(text, credentials);
    expect(after).not.toContain(key.secretAccessKey);
    expect(JSON.stringify(removal)).not.toContain(key.accessKeyId);
    expect(withSettingsBack(after, removal, credentials)).toBe(text);
  });

  it('lines that others wrote in between stay, and what was cut out comes back where it stood', () => {
    const { text: after, removal } = cut('[default]\nregion = x\n\n[profile prod]\nregion = a\nrole_arn = r\noutput = json\nsource_profile = default\n');
    const edited = `# new\n${after.replace('region = a\n', 'region = b\n# mine\n')}[profile later]\nregion = z\n`;
    expect(withSettingsBack(edited, removal, config)).toBe(
      '# new\n[default]\nregion = x\n\n[profile prod]\nregion = b\n# mine\nrole_arn = r\noutput = json\nsource_profile = default\n[profile later]\nregion = z\n',
    );
  });

  it('lines that others append behind a text without a last line end do not run into what comes back', () => {
    const { text: after, removal } = cut('[profile prod]\nrole_arn = r\nsource_profile = default');
    expect(withSettingsBack(`${after}[profile z]\n`, removal, config)).toBe('[profile prod]\nrole_arn = r\nsource_profile = default\n[profile z]\n');
    const added = cut('[default]\nregion = x');
    expect(withSettingsBack(`${added.text}[profile z]\n`, added.removal, config)).toBe('[default]\nregion = x\n[profile z]\n');
  });

  it('a setting that somebody has written anew stays as it is now', () => {
    const { text: after, removal } = cut('[profile prod]\nrole_arn = r\nregion = x\nsource_profile = default\n');
    expect(withSettingsBack(`${after}role_arn = other\n`, removal, config)).toBe('[profile prod]\nregion = x\nsource_profile = default\nrole_arn = other\n');
  });

  it('a setting that somebody has written anew leaves those that stood beside it to come back', () => {
    const { text: after, removal } = cut('[profile prod]\nrole_arn = r\nsource_profile = default\nmfa_serial = old\nregion = x\n');
    expect(withSettingsBack(after.replace('region', 'mfa_serial = new\nregion'), removal, config)).toBe(
      '[profile prod]\nrole_arn = r\nsource_profile = default\nmfa_serial = new\nregion = x\n',
    );
  });

  it('what was cut out comes back when the section is gone', () => {
    const { removal } = cut('[profile prod]\nrole_arn = r\nsource_profile = default\n');
    expect(withSettingsBack('[default]\n', removal, config)).toBe('[default]\n\n[profile prod]\nrole_arn = r\nsource_profile = default\n');
  });

  it('a key that was rotated comes back as it is now', () => {
    const { text: after, removal } = cut(`[prod]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n`, credentials);
    expect(withSettingsBack(after, removal, { ...credentials, key: { accessKeyId: 'NEW', secretAccessKey: 'newer' } })).toBe(
      '[prod]\naws_access_key_id = NEW\naws_secret_access_key = newer\n',
    );
  });

  it.each([
    ['another key than the profile’s', `[prod]\naws_secret_access_key = other\naws_access_key_id = ${key.accessKeyId}\n`, 2],
    ['a key in two lines', `[prod]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n  more\n`, 3],
  ])('nothing is cut out where there is %s, and its line is named', (_, text, line) => {
    expect(withoutSettings(text, credentials)).toEqual({ unusualLine: line });
  });
});
