import { describe, expect, test } from 'vitest';
import { demoOptions } from './demo-options.mjs';

describe('What the demo is asked for', () => {
  test('without arguments the demo has an access key, and chooses the folder for its pictures', () => {
    expect(demoOptions([])).toEqual({ purpose: 'demo', args: [] });
  });

  test('--sign-in is set up with a browser, and may stand on both sides of the folder', () => {
    const wanted = { purpose: 'sign-in-demo', args: ['--sign-in', 'pictures'] };
    expect(demoOptions(['--sign-in', 'pictures'])).toEqual(wanted);
    expect(demoOptions(['pictures', '--sign-in'])).toEqual(wanted);
  });

  test.each([
    ['an option that it does not have', ['--browser']],
    ['a value for --sign-in', ['--sign-in=yes']],
  ])('the demo says what it takes when it is given %s', (_what, args) => {
    expect(() => demoOptions(args)).toThrow(/say `npm run demo -- --sign-in`/);
  });

  test('two folders are refused, since pictures would be looked for in the wrong one', () => {
    expect(() => demoOptions(['a', 'b'])).toThrow('these are 2: a, b.');
  });
});
