import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../testing/terraform/expressions/random.ts';
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
  ['a key in the config file', `[profile prod]\n aws_access_key_id   =${key.accessKeyId}  \naws_secret_access_key: ${key.secretAccessKey}\n`],
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

  it('a comment behind a part of a key stays in the file on a line of its own, and is in no record, since it may hold a secret', () => {
    const text = `[prod]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey} # old: hunter2\nregion = x\n`;
    const { text: after, removal } = cut(text, credentials);
    expect(after).toBe('[prod]\n# old: hunter2\nregion = x\n');
    expect(JSON.stringify(removal)).not.toContain('hunter2');
    const back = `[prod]\naws_access_key_id = ${key.accessKeyId}\n# old: hunter2\naws_secret_access_key = ${key.secretAccessKey}\nregion = x\n`;
    expect(withSettingsBack(after, removal, credentials)).toBe(back);
    expect(cut(back, credentials).text).toBe(after);
  });

  it('a part of a key that stands in the comment behind it too is not cut out, since it would stay there', () => {
    const text = `[prod]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey} # ${key.secretAccessKey}\n`;
    expect(withoutSettings(text, credentials)).toEqual({ unusualLine: 3 });
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

  it('what was cut out comes back where our line stands, also where equal lines stand around it elsewhere', () => {
    const { text: after, removal } = cut('[profile prod]\n\n# c\n# c\nrole_arn = r\n');
    expect(withSettingsBack(after.replace('[profile prod]\n', '[profile prod]\nnew = 1\n'), removal, config)).toBe(
      '[profile prod]\nnew = 1\n\n# c\n# c\nrole_arn = r\n',
    );
  });

  it('lines of a role stay on the side of another tool on which they were, where somebody has named a newer one', () => {
    const tool = 'credential_process = ';
    const before = `[profile prod]\n${tool}old\n# why\nrole_arn = r\nregion = x\nsource_profile = default\n`;
    const { text: after, removal } = cut(before);
    const edited = after.replace(entry, 'new').replace('# why', '# because').replace('region = x', 'region = y');
    expect(withSettingsBack(edited, removal, config)).toBe(
      before.replace(`${tool}old`, `${tool}new`).replace('# why', '# because').replace('region = x', 'region = y'),
    );
    const beside = cut(`[profile prod]\n${tool}old\nrole_arn = r\nregion = x\n`);
    expect(withSettingsBack(beside.text.replace(entry, 'new'), beside.removal, config)).toBe(`[profile prod]\n${tool}new\nrole_arn = r\nregion = x\n`);
  });

  it('whatever the lines of a profile, and whatever others write between them since, each comes back in its order', () => {
    const random = new Random(17);
    const isIn = (percent: number): boolean => random.below(100) < percent;
    const pool = ['role_arn = r', 'source_profile = d', 'mfa_serial = m', 'credential_process = old', 'region = x', 's3 =\n  a = b', '# 1', '# 2', '# 3'];
    for (let round = 0; round < 500; round += 1) {
      const order = pool.map((line) => ({ line, at: random.below(1000) })).toSorted((a, b) => a.at - b.at);
      const lines = order.slice(0, random.below(pool.length + 1)).map(({ line }) => `${line}\n`);
      const text = `[profile a]\nrole_arn = q\n[profile prod]\n${lines.join('')}[profile z]\nregion = z\n`;
      const { text: after, removal } = cut(text);
      expect(withSettingsBack(after, removal, config)).toBe(text);
      const isNewer = isIn(30);
      const edited = after
        .replace(entry, isNewer ? 'newer' : entry)
        .split(/(?<=\n)(?! )/)
        .flatMap((line, index) => (isIn(20) ? [line, `new${index} = 1\n`] : [line]));
      const back = withSettingsBack(edited.join(''), removal, config);
      const theirs = (line: string): boolean => /^new|newer/.test(line);
      const tool = /^credential_process = old\n/m;
      const kept = back.split(/(?<=\n)/);
      expect([kept.filter((line) => !theirs(line)).join(''), edited.join('')]).toEqual([isNewer ? text.replace(tool, '') : text, edited.join('')]);
    }
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
