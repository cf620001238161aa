import { describe, expect, it } from 'vitest';
import en from '../../../assets/locales/en/errors.json' with { type: 'json' };
import type { ErrorCode } from '../../contract/app-error.ts';
import { hostileTexts, obeyed } from '../../../testing/samples/hostile-texts.ts';
import { colored } from './colors.ts';
import { jsonText, terminalText } from './terminal-text.ts';
import { aligned, cliTexts } from './texts.ts';

/** Those of the hostile texts that still have, once shown like this, what a terminal would obey. */
const obeyedOf = (show: (text: string) => string, pattern = obeyed, texts = hostileTexts()) =>
  texts.filter((text) => pattern.test(show(text))).map((text) => JSON.stringify(text));
/** Nor a line break. */
const onOneLine = /[\p{C}\p{Zl}\p{Zp}]/u;

describe('what reaches a terminal', () => {
  it('what reaches a terminal has nothing that it would obey', () => {
    expect(obeyedOf((text) => text)).not.toEqual([]);
    expect(obeyedOf((text) => terminalText(`before ${text} after`))).toEqual([]);
  });

  it('what reaches a terminal keeps line breaks, our own colours, and letters of every language', () => {
    const text = `${colored('bad', '不一致')} prod-eu\n  café ｶﾅ ${colored('production', 'PRODUCTION')}\n`;
    expect(terminalText(text)).toBe(text);
  });

  it('what reaches a terminal has no style that hides text, nor a colour that is not ours', () => {
    expect(terminalText('\u001b[8mhidden\u001b[0;31m\u009b8m')).toBe('[8mhidden[0;31m8m');
  });
});

describe('values in a message', () => {
  const { t } = cliTexts('en');

  it('a value in a message has nothing that a terminal would obey, not even a line break or our own colours', () => {
    const values = [...hostileTexts(), 'a\nb', 'a\r\nb', colored('good', 'x')];
    expect(obeyedOf((word) => t('usage-command', { word }), onOneLine, values)).toEqual([]);
    expect(t('usage-command', { word: 'a\r\n  b' })).toBe('There is no command “a b”.');
  });

  it.each(['en', 'ja'] as const)('no param of any error brings something that a terminal would obey (%s)', (language) => {
    const { sentences } = cliTexts(language);
    const value = hostileTexts().join('\n');
    const obeys = Object.entries(en).flatMap(([code, { what, next }]) => {
      const params = Object.fromEntries([...`${what}${next}`.matchAll(/{{(\w+)}}/g)].map(([, name = '']) => [name, value]));
      return onOneLine.test(sentences({ code: code as ErrorCode, params }) ?? '') ? [code] : [];
    });
    expect(obeys).toEqual([]);
  });

  it('a cell of a table has neither line breaks nor what a terminal would obey', () => {
    expect(obeyedOf((cell) => aligned([[`a\n${cell}`, 'b']]).trimEnd(), onOneLine)).toEqual([]);
  });
});

describe('JSON', () => {
  it('JSON says the same, with what a terminal would obey escaped', () => {
    expect(obeyedOf((value) => jsonText({ value }))).toEqual([]);
    for (const value of hostileTexts()) expect(JSON.parse(jsonText({ value }))).toEqual({ value });
  });
});
