import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

// The glossary is in docs/architecture.md, "In texts".

const english =
  /\b(?:is told|are told|tells|leads? to|wants|goes on|go on|by itself|runs? out|has run out|lives on|takes .{0,30} off|all the same|is gone|without a look)\b/i;
const british = /\b(?:cancel+(?:ed|ing)(?<!canceled|canceling)|favour|organis|licence|behaviour|honour|catalogue|grey|centre|recognis|authoris|initialis)/i;
const japanese =
  /行き先|を直して|を足して|分か[りるら]|台帳|終了ステータス|二つ|三つ|お使いください|もう一度試して|確かめ|[ぁ-んァ-ヶ一-龠]\?|[ぁ-んァ-ヶ一-龠] ?\([^)]*\)/;

function texts(language: 'en' | 'ja'): readonly (readonly [string, string])[] {
  return ['errors', 'cli', 'tray', 'ui'].flatMap((catalogue) => {
    const file = join(import.meta.dirname, '..', '..', '..', 'assets', 'locales', language, `${catalogue}.json`);
    return flat(catalogue, JSON.parse(readFileSync(file, 'utf8')));
  });
}

function flat(key: string, value: unknown): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[key, value]];
  return Object.entries(value as object).flatMap(([name, inner]) => flat(`${key}.${name}`, inner));
}

function flawed(language: 'en' | 'ja', words: RegExp): readonly string[] {
  return texts(language).flatMap(([key, text]) => (words.test(text) ? [key] : []));
}

describe.each([
  ['en', english],
  ['ja', japanese],
] as const)('the words of texts in %s', (language, words) => {
  it('the words of texts are those of the glossary', () => {
    expect(flawed(language, words)).toEqual([]);
  });
});

it('the words of English texts are spelled as AWS spells them, and in windows a color too, which is an option’s name in the command line', () => {
  expect(flawed('en', british)).toEqual([]);
  expect(flawed('en', /colour/i).filter((key) => !key.startsWith('cli.'))).toEqual([]);
});
