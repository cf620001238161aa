import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundledProgram, type BundledProgram } from '../../testing/processes/bundled-program.ts';
import { issuedAt } from '../../testing/samples/sample-sessions.ts';
import { SessionVault } from './session-vault.ts';
import { testCipher } from '../../testing/samples/test-cipher.ts';
import { timesOf, tried } from '../../testing/trust/times.ts';

let writer: BundledProgram;
beforeAll(async () => {
  writer = await bundledProgram('testing/samples/restless-writer.ts');
});
afterAll(() => writer.remove());

const cipher = testCipher();
let home: string;
let file: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'session-vault-'));
  file = join(home, 'vault', 'sessions');
});
afterEach(() => rm(home, { recursive: true }));

describe('a process that is killed while it writes', () => {
  it('a process that is killed while it writes the vault leaves the sessions of one moment, whole', { timeout: 600_000 }, async (context) => {
    const pauses = [0, 3, 7, 13, 29];
    const rounds = timesOf({ usual: pauses.length, thorough: 50 });
    for (let round = 0; round < rounds; round++) {
      const pause = pauses[round % pauses.length] ?? 0;
      const last = await killedWhileWriting(pause);
      const { sessions, problem } = await new SessionVault({ cipher, file, now: () => issuedAt }).restore();
      const tokens = new Set([...sessions.values()].map(({ credentials }) => credentials.accessKeyId));
      expect(problem).toBeNull();
      expect(sessions.size).toBe(40);
      // Either the last generation that the process reported as written, or the one that it was writing.
      expect([[`ASIA-${last}`], [`ASIA-${last + 1}`]]).toContainEqual([...tokens]);
    }
    tried(context, rounds);
  });
});

/** The number of the last generation that the process had reported as written. */
async function killedWhileWriting(pause: number): Promise<number> {
  const child = spawn(process.execPath, [writer.file], { stdio: ['pipe', 'pipe', 'inherit'] });
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (told += text));
  child.stdin.write(`${JSON.stringify({ file, key: cipher.key.toString('hex') })}\n`);
  await once(child.stdout, 'data');
  await delay(pause);
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
  return Number(told.trim().split('\n').at(-1));
}
