import { describe, expect, it } from 'vitest';
import { leaksIn } from './leaks.ts';

const secrets = ['canary-alpha', 'canary-omega'];

describe('a search for secrets', () => {
  it('a search for secrets names the text and the place in the list of each that it finds, and no secret', () => {
    expect(leaksIn('a log', 'this is the canary-omega', secrets)).toEqual([{ where: 'a log', secret: 1 }]);
    expect(leaksIn('a log', 'neither of them', secrets)).toEqual([]);
  });

  it('a search for secrets finds the second half of a secret', () => {
    expect(leaksIn('a log', 'of an -alpha', secrets)).toEqual([{ where: 'a log', secret: 0 }]);
  });

  it('a search for secrets fails when there is no secret to look for', () => {
    expect(() => leaksIn('a log', 'anything', [])).toThrow('There is no secret to look for in a log');
    expect(() => leaksIn('a log', 'anything', ['canary-alpha', ''])).toThrow('There is no secret to look for in a log');
  });
});
