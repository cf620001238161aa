import { describe, expect, it } from 'vitest';
import { givenColors } from '../../contract/limits.ts';
import { Settings } from '../../contract/settings.ts';
import { derivedColor, newColors } from './account-colors.ts';

const none = Settings.parse({});
/** Many sets of accounts, each other ones. */
const sets = Array.from({ length: 500 }, (_, set) =>
  Array.from({ length: 8 }, (_each, index) => String(100_000_000_000 + (((set * 8 + index) * 7_919_191) % 899_999_999_999))),
);

describe('the colours that accounts are given', () => {
  it('the colours that accounts are given are eight different ones for any eight accounts', () => {
    for (const accounts of sets) expect(new Set(Object.values(newColors(accounts, none)))).toEqual(new Set(givenColors));
  });

  it('the colours that accounts are given do not clash, in whatever order and however many at a time they come', () => {
    for (const accounts of sets) {
      let accountColors: Settings['accountColors'] = {};
      for (let from = 0; from < accounts.length; from += 3) {
        accountColors = { ...accountColors, ...newColors(accounts.slice(from, from + 3).toReversed(), { ...none, accountColors }) };
      }
      expect(new Set(Object.values(accountColors)).size).toBe(8);
    }
  });

  it('the colours that accounts are given are never those of a warning', () => {
    for (const accounts of sets) for (const color of Object.values(newColors(accounts, none))) expect(['red', 'pink']).not.toContain(color);
    expect(sets.flat().map(derivedColor)).not.toContain('red');
    expect(sets.flat().map(derivedColor)).not.toContain('pink');
  });

  it('the colours that accounts are given leave out what somebody chose for another one, and accounts that have one', () => {
    const accounts = { '111111111111': { name: null, alias: null, color: 'blue', production: false } } as const;
    const accountColors = { '222222222222': 'orange' } as const;
    expect(newColors(['111111111111', '222222222222', '333333333333'], { accounts, accountColors })).toEqual({ '333333333333': 'purple' });
  });

  it('the colours that accounts are given come again when all are in use, each as often as the others', () => {
    const found = Object.values(newColors(sets.flat().slice(0, 80), none));
    for (const color of givenColors) expect(found.filter((each) => each === color)).toHaveLength(10);
  });
});
