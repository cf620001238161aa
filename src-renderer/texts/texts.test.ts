import { describe, expect, it } from 'vitest';
import { createTexts, localeOf } from './texts.ts';

const english = createTexts('en', ['en-GB']);
const japanese = createTexts('ja', ['en-GB', 'ja-JP']);

describe('the texts', () => {
  it('the texts say a duration in each language', () => {
    expect(english.duration(28_740)).toBe('7 h 59 min');
    expect(english.duration(125)).toBe('2 min 5 s');
    expect(japanese.duration(28_740)).toBe('7 時間 59 分');
    expect(english.duration(28_800)).toBe('8 h');
    expect(english.duration(900)).toBe('15 min');
  });

  it('the texts name the day of a moment only when it is not today', () => {
    const today = new Date(2030, 0, 2).getTime();
    expect(english.moment(new Date(2030, 0, 2, 18, 42).getTime(), today)).toBe('18:42');
    expect(english.moment(new Date(2030, 0, 3, 2, 5).getTime(), today)).toContain('3 Jan');
    expect(japanese.moment(new Date(2030, 0, 3, 2, 5).getTime(), today)).toContain('1月3日');
  });

  it.each(['en', 'en-US', 'en-GB', 'en-IN', 'en-ZA', 'en-AE', 'en-150', 'ja-JP'])(
    'the texts write an amount in %s as Intl does, with separators and without',
    (locale) => {
      const { number } = createTexts(locale.startsWith('ja') ? 'ja' : 'en', [locale]);
      const asIntl = new Intl.NumberFormat(locale);
      for (const amount of [0, 7, 36, 999, 1000, 28_800, 0.5, 999.5, -1]) expect(number(amount)).toBe(asIntl.format(amount));
    },
  );

  it('the texts write amounts by locale, and lines and statuses as they are', () => {
    expect(english.error({ code: 'clock-behind', params: { seconds: 1260 } }).what).toContain('1,260 seconds');
    expect(english.error({ code: 'config-broken-line', params: { line: 1260, file: 'f' } }).what).toContain('Line 1260 ');
  });

  it('the texts write the user’s home as a tilde in the path of a file, and nowhere else', () => {
    const { error } = createTexts('en', [], '/home/alice');
    expect(error({ code: 'config-broken-line', params: { line: 9, file: '/home/alice/.aws/credentials' } }).what).toContain('of ~/.aws/credentials is');
    expect(error({ code: 'config-broken-line', params: { line: 9, file: '/home/alice2/.aws/credentials' } }).what).toContain('of /home/alice2/.aws');
    expect(error({ code: 'terminal-folder-missing', params: { directory: '/home/alice/network' } }).what).toContain('folder ~/network.');
    expect(error({ code: 'session-none', params: { profile: '/home/alice/' } }).what).toContain('/home/alice/');
    expect(english.error({ code: 'config-broken-line', params: { line: 9, file: '/home/alice/.aws/credentials' } }).what).toContain('of /home/alice/.aws');
  });

  it('the texts call a shell by its product name', () => {
    const error = { code: 'export-unquotable', params: { variable: 'V', shell: 'powershell' } } as const;
    expect(english.error(error).what).toContain('PowerShell');
  });

  it('the texts insert a value as it is, markup and placeholders included', () => {
    const error = { code: 'session-none', params: { profile: '<b>&{{profile}}' } } as const;
    expect(english.error(error).what).toContain('<b>&{{profile}}');
  });

  it('the texts follow the user’s own variety of the language', () => {
    expect(localeOf('en', ['ja-JP', 'en-GB', 'en-US'])).toBe('en-GB');
    expect(localeOf('ja', ['en-GB'])).toBe('ja');
  });
});
