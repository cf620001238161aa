import { expect, it } from 'vitest';
import { consoleSeconds } from './console-seconds.ts';

const second = 1000;
const from = (origin: 'code' | 'session', secondsLeft: number) => consoleSeconds({ origin, expiresAt: secondsLeft * second }, 0);

it('a role session made from the access key gives the console what is left of it, within AWS’s bounds', () => {
  expect(from('code', 14_400)).toBe(14_400);
  expect(from('code', 900)).toBe(900);
  expect(from('code', 43_201)).toBe(43_200);
  expect(consoleSeconds({ origin: 'code', expiresAt: 1_000_999 }, 0)).toBe(1_000);
});

it('no number is named where AWS takes none', () => {
  expect(from('session', 3_600)).toBeNull();
  expect(from('code', 899)).toBeNull();
  expect(from('code', -5)).toBeNull();
});
