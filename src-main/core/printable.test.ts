import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileTexts } from '../../testing/samples/hostile-texts.ts';
import { timesOf, tried } from '../../testing/trust/times.ts';
import { nameMax, shortened, shownText, shownValue } from './printable.ts';

const pieces = fc.array(
  fc.oneof(fc.constantFrom(...hostileTexts(0), '\u2068', '\u2069', 'שלום', 'مرحبا', '\n', '\t', '👩‍💻', '𐤀', '<b>', '&amp;', '"'), fc.string()),
  {
    maxLength: 8,
  },
);
const hostile = pieces.map((each) => each.join(''));

/** What turns text round, hides it or is obeyed; but for a direction of its own that ends where it began. */
const rest = (text: string) => text.replaceAll(/\u2068[^\p{C}\p{Zl}\p{Zp}]*\u2069/gu, '');
const letters = (text: string) => text.replaceAll(/[\p{C}\p{Z}]/gu, '');

describe('a value that somebody else chose', () => {
  it(
    'a value that somebody else chose stands in a sentence on one line, obeyed by nothing, turning nothing round, and with all its letters',
    { timeout: 600_000 },
    (context) => {
      const numRuns = timesOf({ usual: 2_000, thorough: 50_000 });
      fc.assert(
        fc.property(hostile, (text) => {
          const shown = shownValue(text);
          expect(rest(shown)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
          // Letters from right to left are in a direction of their own.
          expect(rest(shown)).not.toMatch(/[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Phoenician}]/u);
          expect(letters(shown)).toBe(letters(text));
          expect(shownValue(shown)).toBe(shown);
          expect(shownValue(`in ${shown} now`)).toBe(`in ${shown} now`);
          expect(rest(shownText(text))).not.toMatch(/(?![\n\t])[\p{C}\p{Zl}\p{Zp}]/u);
          expect(letters(shownText(text))).toBe(letters(text));
        }),
        { numRuns },
      );
      tried(context, numRuns);
    },
  );

  it('a value that somebody else chose keeps its lines and columns where a text with lines is shown', () => {
    expect(shownText('a\u202eb\n\tc\u001b[2J')).toBe('ab\n\tc[2J');
  });

  it('a value that somebody else chose is as it was where nothing in it can mislead', () => {
    for (const text of ['prod', '本番 環境', 'arn:aws:iam::111111111111:role/deploy', 'a  b', 'é']) expect(shownValue(text)).toBe(text);
  });
});

describe('a name that is too long', () => {
  it('a name that is too long loses its middle, and no half of a character is left', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 3, max: 80 }), (text, max) => {
        const shown = shortened(text.replaceAll(/\p{Cs}/gu, ''), max);
        expect(shown).not.toMatch(/\p{Cs}/u);
        expect(Array.from(shown).length).toBeLessThanOrEqual(max);
      }),
    );
    expect(shortened('x'.repeat(4096), nameMax)).toHaveLength(nameMax);
    expect(shortened('/home/alice/projects/network', 12)).toBe('/home/a…work');
  });

  it('a name that is not too long is as it was, in characters and not in halves of them', () => {
    expect(shortened('prod', 4)).toBe('prod');
    expect(shortened('👩👩👩', 3)).toBe('👩👩👩');
  });
});
