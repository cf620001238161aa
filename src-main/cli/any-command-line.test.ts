import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CliRig, failure } from '../../testing/rigs/cli-rig.ts';
import { obeyed } from '../../testing/samples/hostile-texts.ts';
import { timesOf, tried } from '../../testing/trust/times.ts';
import { commandNames } from './grammar/commands.ts';
import { exitCodes } from './process/cli-world.ts';

const word = fc.oneof(
  fc.constantFrom(...commandNames.filter((name) => name !== 'completion'), 'help', '--', '-h', '--version', '--help', 'default'),
  fc.constantFrom(
    '--json',
    '--account',
    '--account=1',
    '222222222222',
    '--min-left',
    '30m',
    '--static',
    '--duration=9999h',
    '--shell',
    'zsh',
    '--all',
    '--dry-run',
    '--limit=-1',
  ),
  fc.constantFrom(
    '',
    '-',
    '---',
    '=',
    '--=x',
    '--json=1',
    '--__proto__',
    '__proto__',
    'constructor',
    '--constructor=1',
    '\u001b[2J',
    'a\nsts-tray: forged',
    '\u202eprod',
    '\u0000',
    'x'.repeat(4_096),
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

let rig: CliRig;
beforeEach(async () => {
  rig = await CliRig.open();
  await rig.startApp({});
});
afterEach(() => rig.close());

describe.skipIf(process.platform === 'win32')('whatever is typed after sts-tray', () => {
  it(
    'whatever is typed after sts-tray ends with one of its exit statuses, and with a sentence where it is no success, but never with a stack trace',
    { timeout: 900_000 },
    async (context) => {
      const numRuns = timesOf({ usual: 300, thorough: 10_000 });
      const met = new Set<number>();
      const refusal = [422, failure('a-later-code', {}, 'Refused here.')] as const;
      rig.replies = new Proxy({}, { get: () => refusal });
      await fc.assert(
        fc.asyncProperty(fc.array(word, { maxLength: 8 }), async (args) => {
          const { code, stdout, stderr } = await rig.run(args);
          met.add(code);
          expect(Object.values(exitCodes)).toContain(code);
          expect(code === exitCodes.done ? 'sts-tray: ' : stderr).toMatch(/^sts-tray: /);
          expect(stdout + stderr).not.toMatch(/^ +at .+:\d+|TypeError|\[object Object\]|^sts-tray: forged/m);
          expect(obeyed.test(stdout + stderr)).toBe(false);
        }),
        { numRuns },
      );
      expect([...met]).toEqual(expect.arrayContaining([exitCodes.done, exitCodes.failed, exitCodes.usage]));
      expect(Object.keys(Object.prototype)).toEqual([]);
      tried(context, numRuns);
    },
  );

  it.each([
    ['check', 'default', 'x'.repeat(4_096)],
    ['check', 'default', '\u0000'],
    ['terminal', 'default', '--directory', 'x'.repeat(4_096)],
    ['exec', 'default', '--', `./${'x'.repeat(4_096)}`],
    ['exec', 'default', '--', './\u0000'],
    ['exec', 'default', '--', '\u0000'],
  ])('whatever is typed after sts-tray as a path that cannot even be looked at is answered with a sentence: %s', async (...args) => {
    const { code, stderr } = await rig.run(args);
    expect([exitCodes.usage, exitCodes.notFound]).toContain(code);
    expect(stderr).toMatch(/^sts-tray: [^\n]+\n/);
  });
});
