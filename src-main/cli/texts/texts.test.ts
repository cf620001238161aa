import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import en from '../../../assets/locales/en/cli.json' with { type: 'json' };
import ja from '../../../assets/locales/ja/cli.json' with { type: 'json' };
import { commandNames } from '../grammar/commands.ts';
import { helpText } from '../grammar/help.ts';
import { aligned, cliLanguage, cliTexts, columns } from './texts.ts';

const placeholders = (messages: object) =>
  Object.fromEntries(
    Object.entries(messages).map(([key, text]) => [
      key,
      [...String(text).matchAll(/{{(\w+)}}/g)].map(([, name]) => name).sort((one, other) => (one ?? '').localeCompare(other ?? '')),
    ]),
  );

describe('the catalogue of the command line', () => {
  it('the catalogue of the command line has the same keys and placeholders in both languages', () => {
    expect(placeholders(ja)).toEqual(placeholders(en));
  });

  it('the catalogue of the command line leaves no message empty, and has none that nothing uses', () => {
    expect([...Object.values(en), ...Object.values(ja)].filter((text) => text.trim() === '')).toEqual([]);
    const root = join(import.meta.dirname, '..');
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(root, name), 'utf8'))
      .join('');
    expect(Object.keys(en).filter((key) => !sources.includes(`'${key}'`))).toEqual([]);
  });
});

describe('help', () => {
  it.each(['en', 'ja'] as const)('help names every command and option, with no placeholder left (%s)', (language) => {
    const texts = cliTexts(language);
    const all = helpText(null, texts);
    for (const name of commandNames) {
      expect(all).toContain(`  ${name}`);
      expect(helpText(name, texts)).toContain(`sts-tray ${name}`);
    }
    expect(all + commandNames.map((name) => helpText(name, texts)).join('')).not.toMatch(/{{|undefined/);
  });
});

describe('the language of the command line', () => {
  it.each([
    [{}, 'en'],
    [{ LANG: 'ja_JP.UTF-8' }, 'ja'],
    [{ LANG: 'ja' }, 'ja'],
    [{ LANG: 'jax' }, 'en'],
    [{ LANG: 'ja_JP.UTF-8', LC_MESSAGES: 'de_DE.UTF-8' }, 'en'],
    [{ LANG: 'C', LC_ALL: 'ja_JP.eucJP' }, 'ja'],
    [{ LANG: 'ja_JP.UTF-8', LC_ALL: '' }, 'ja'],
  ])('the language of the command line of %o is %s', (env, language) => {
    expect(cliLanguage(env)).toBe(language);
  });
});

describe('columns', () => {
  it('columns line up where characters are two wide', () => {
    expect(
      aligned([
        ['プロファイル', 'x'],
        ['prod', 'y'],
      ]),
    ).toBe('プロファイル  x\nprod          y\n');
  });

  it('columns stay beside each other where a name is longer than a line, and the last one is whole', () => {
    const [first = '', second = ''] = aligned([
      ['x'.repeat(4096), 'y'],
      ['prod', 'z'.repeat(4096)],
    ]).split('\n');
    expect(first).toMatch(/^x{66}…x{33} {2}y$/);
    expect(second.indexOf('z')).toBe(first.indexOf('y'));
    expect(second).toHaveLength(102 + 4096);
  });

  it.each([
    ['a combining mark', 'cafe\u0301', 4],
    ['an emoji', '🚀', 2],
    ['an emoji of several characters', '👩‍🚀', 2],
    ['a symbol that is shown as an emoji', '⚠️', 2],
    ['an arrow', '→', 1],
    ['an emoji of one unit', '✅', 2],
    ['a flag', '🇯🇵', 2],
    ['half-width katakana with a sound mark', 'ﾌﾟﾛ', 3],
    ['a kana with a combining sound mark', 'か\u3099', 2],
    ['Hangul in parts', '\u1112\u1161\u11AB', 2],
    ['a character beyond the first plane', '𠮷', 2],
    ['a mark without a letter', '\u0301', 0],
  ])('columns count %s as a terminal shows it', (_, text, width) => {
    expect(columns(text)).toBe(width);
  });
});

describe('what lets a command run without the guard', () => {
  it('what lets a command run without the guard is an option of the command line, and a variable in a terminal of the app', () => {
    const refused = { code: 'guard-refused', params: {} } as const;
    expect(cliTexts('en').sentences(refused)).toContain('run it unchecked this once with --no-guard.');
    expect(cliTexts('en', 'guarded-program').sentences(refused)).toContain('run it unchecked this once with STS_TRAY_GUARD= in front of the command.');
    expect(cliTexts('ja', 'guarded-program').sentences(refused)).toContain('コマンドの前に STS_TRAY_GUARD= を付けてください。');
    const given = { code: 'guard-account-not-given', params: { account: '222222222222' } } as const;
    expect(cliTexts('en').sentences(given)).toContain('--account 222222222222');
    expect(cliTexts('en', 'guarded-program').sentences(given)).toContain('STS_TRAY_GUARD_ACCOUNT=222222222222');
  });
});
