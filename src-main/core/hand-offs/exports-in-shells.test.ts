import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { timesOf, tried } from '../../../testing/trust/times.ts';
import { exportText, type Variables } from './exports.ts';

const folder = mkdtempSync(join(tmpdir(), 'exports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const signs = fc.constantFrom(...`'"\\$\`!%&|;<>()[]{}*?~#^=\n \u2018\u2019\u2028\u00a0é漢🔑-aZ0`.split(/(?:)/u));
const values = fc.array(
  fc.string({ unit: fc.oneof({ weight: 5, arbitrary: signs }, fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })), maxLength: 30 }),
  {
    minLength: 50,
    maxLength: 50,
  },
);

const isThere = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;

/** What a program that the shell starts finds in these variables. */
function arrived(shell: string, script: string): ReadonlyMap<string, string> {
  const file = join(folder, `script-of-${shell}`);
  writeFileSync(file, `${script}exec env -0\n`);
  const { stdout } = spawnSync(shell, [file], { env: { PATH: process.env['PATH'], HOME: folder }, encoding: 'utf8' });
  return new Map(stdout.split('\0').map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]));
}

describe('any exported value', () => {
  it.for([['dash', 'bash'], ['bash', 'bash'], ['zsh', 'bash'], ...(isThere('ksh') ? ([['ksh', 'bash']] as const) : []), ['fish', 'fish']] as const)(
    'arrives at a program that the real %s starts as it was, or is refused',
    { timeout: 120_000 },
    ([program, shell], context) => {
      if (!isThere(program)) context.skip(`${program} is not installed`);
      const numRuns = timesOf({ usual: 4, thorough: 40 });
      let exported = 0;
      fc.assert(
        fc.property(values, (all) => {
          const variables: Variables = all.map((value, index): [string, string] => [`VALUE_${index}`, value]).filter((one) => exportText(shell, [one]).ok);
          const text = exportText(shell, variables);
          const found = arrived(program, text.ok ? text.value : '');
          expect(variables.map(([name]) => found.get(name))).toEqual(variables.map(([, value]) => value));
          exported += variables.length;
        }),
        { numRuns },
      );
      expect(exported).toBeGreaterThan(numRuns * 20);
      tried(context, exported);
    },
  );
});
