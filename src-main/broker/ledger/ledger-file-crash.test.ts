import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LedgerFile } from './ledger-file.ts';
import { bundledProgram, type BundledProgram } from '../../../testing/processes/bundled-program.ts';
import { timesOf, tried } from '../../../testing/trust/times.ts';

let writer: BundledProgram;
beforeAll(async () => {
  writer = await bundledProgram('testing/samples/restless-appender.ts');
});
afterAll(() => writer.remove());

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'ledger-'));
});
afterEach(() => rm(home, { recursive: true }));

describe('a process that is killed while it writes', () => {
  it(
    'a process that is killed while it writes loses no entry of the ledger that it had told of as written, however often that happens',
    { timeout: 600_000 },
    async (context) => {
      const ledgers = ['one', 'two', 'three', 'four'].map((name) => killedAgainAndAgain(join(home, name, 'ledger.jsonl')));
      const rounds = (await Promise.all(ledgers)).flat();
      for (const { told, found } of rounds) {
        // It may have written one more than it could tell of.
        expect([told, told + 1]).toContain(found.length);
        expect(found).toEqual(Array.from(found, (_, index) => index + 1));
      }
      tried(context, rounds.length);
    },
  );
});

/** After each of several kills: the last entry that was told of, and those that are found. */
async function killedAgainAndAgain(file: string): Promise<readonly { readonly told: number; readonly found: readonly unknown[] }[]> {
  // Some eight entries in a file, so that many of the kills come while files are renamed.
  const options = { file, bytesMax: 2000, kept: 2000 };
  const rounds: { told: number; found: readonly unknown[] }[] = [];
  const kills = timesOf({ usual: 4, thorough: 25 });
  while (rounds.length < kills) {
    const first = (rounds.at(-1)?.found.length ?? 0) + 1;
    const told = await killedWhileWriting({ ...options, first }, Math.random() * 40);
    const read = await new LedgerFile(options).read();
    rounds.push({ told, found: read.ok ? read.value.map((entry) => (entry.event === 'handed-off' ? entry.program?.pid : null)) : [] });
  }
  return rounds;
}

/** The number of the last entry that the process had told of as written. */
async function killedWhileWriting(options: object, pauseMs: number): Promise<number> {
  const child = spawn(process.execPath, [writer.file], { stdio: ['pipe', 'pipe', 'inherit'] });
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (told += text));
  child.stdin.write(`${JSON.stringify(options)}\n`);
  await once(child.stdout, 'data');
  await delay(pauseMs);
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
  return Number(told.trim().split('\n').at(-1));
}
