import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { collectGarbage } from './garbage.ts';

it('no code of the app is given the means to collect garbage', () => {
  collectGarbage();
  expect(globalThis).not.toHaveProperty('gc');
  expect(runInNewContext('typeof gc')).toBe('undefined');
});
