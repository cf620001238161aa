import { describe, expect, it } from 'vitest';
import { checkWholeNumber } from './whole-number.ts';

const limits = { min: 15, max: 2160 };

describe('a typed number', () => {
  it.each([
    ['15', 15],
    ['2160', 2160],
    [' 90 ', 90],
    ['９０', 90],
  ])('a typed number is taken within its limits: %j', (typed, value) => {
    expect(checkWholeNumber(typed, limits)).toEqual({ kind: 'right', value });
  });

  it.each([
    ['14', 'too-small'],
    ['0', 'too-small'],
    ['2161', 'too-large'],
    ['', 'empty'],
    ['  ', 'empty'],
    ['1.5', 'not-whole'],
    ['-20', 'not-whole'],
    ['8h', 'not-whole'],
    ['1e3', 'not-whole'],
  ])('a typed number is refused for what it is: %j', (typed, kind) => {
    expect(checkWholeNumber(typed, limits)).toEqual({ kind });
  });
});
