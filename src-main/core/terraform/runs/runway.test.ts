import { describe, expect, it } from 'vitest';
import { isRunwayShort } from './runway.ts';

describe('the runway', () => {
  it('is short where the longest of the last runs, and a minute, take more than is left', () => {
    expect(isRunwayShort({ longestSeconds: 600, leftSeconds: 659, newSeconds: 28_800 })).toBe(true);
    expect(isRunwayShort({ longestSeconds: 600, leftSeconds: 660, newSeconds: 28_800 })).toBe(false);
  });

  it('is never short before the first run, nor where a new session would last no longer', () => {
    expect(isRunwayShort({ longestSeconds: null, leftSeconds: 1, newSeconds: 28_800 })).toBe(false);
    expect(isRunwayShort({ longestSeconds: 7200, leftSeconds: 850, newSeconds: 900 })).toBe(false);
  });
});
