import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandNames, commandSpec, optionSpec } from './commands.ts';
import { helpText } from './help.ts';
import { manPage } from './man-page.ts';
import { cliTexts } from '../texts/texts.ts';

const texts = cliTexts('en');
const kept = join(import.meta.dirname, '../../../assets/linux/sts-tray.1');

/** The words of a page as a reader sees them, without what roff makes of them. */
const read = (page: string) =>
  page
    .replaceAll(/\\\[u([0-9A-F]+)\]/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('\\-', '-')
    .replaceAll('\\&', '')
    .replaceAll('\\e', '\\')
    .replaceAll(/^\.(?:SS|SH|TP|PP|br|B) ?/gm, '')
    .replaceAll(/\s+/g, ' ');

describe('the manual page', () => {
  it('the English page is kept for packages (else: npx vitest run -u src-main/cli/grammar/man-page.test.ts)', async () => {
    await expect(manPage(texts)).toMatchFileSnapshot(kept);
  });

  it('everything is said that help says of each command, but what is hidden', () => {
    const page = read(manPage(texts));
    const said = commandNames.flatMap((name) => {
      const { detail, summary, options } = commandSpec(name);
      return [
        summary,
        ...(detail === undefined ? [] : [detail]),
        ...options.filter((option) => !optionSpec(option).hidden).map((option) => optionSpec(option).summary),
      ];
    });
    for (const key of said) {
      expect(page).toContain(texts.t(key).replaceAll(/\s+/g, ' '));
    }
    // Every line of help about a command is in the page too, but its headings.
    for (const name of commandNames) {
      const lines = helpText(name, texts)
        .split('\n')
        .filter((line) => /^ {2}\S/.test(line));
      for (const line of lines) expect(page).toContain(line.trim().replaceAll(/\s+/g, ' '));
    }
    expect(page).not.toContain('--limit-id');
  });

  it('nothing in a text becomes a macro, and no option a dash that a shell does not take', () => {
    const hostile = manPage({ ...texts, t: () => ".so /etc/passwd\n'br \\n(x - \u{1f600}" });
    expect(hostile).not.toMatch(/^\.so|^'br|\\n/m);
    expect(hostile).toContain('\\[u1F600]');
    expect(
      manPage(texts)
        .split('\n')
        .filter((line) => /(?<!\\)-/.test(line)),
    ).toEqual([]);
  });

  it('macros are only those that every reader of manual pages knows', () => {
    const macros = new Set(manPage(texts).match(/^\.\w+/gm));
    expect(macros).toEqual(new Set(['.TH', '.SH', '.SS', '.TP', '.PP', '.br', '.B']));
  });
});
