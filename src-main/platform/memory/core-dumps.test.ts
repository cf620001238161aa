import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { cleanSpawn } from '../terminals/clean-spawn.ts';
import { leaveMemoryOutOfDumps } from './core-dumps.ts';

const file = '/proc/self/coredump_filter';

describe.runIf(process.platform === 'linux')('the dump of a crashed process', () => {
  it('the dump of a crashed process has no memory of the app or of its own processes in it, but all that is usual of a terminal’s', async ({
    onTestFinished,
  }) => {
    const before = readFileSync(file, 'latin1').trim();
    onTestFinished(() => writeFileSync(file, `0x${before}`));
    expect(Number.parseInt(before, 16)).not.toBe(0);
    leaveMemoryOutOfDumps();
    leaveMemoryOutOfDumps();
    expect(Number.parseInt(readFileSync(file, 'latin1'), 16)).toBe(0);
    expect(Number.parseInt(spawnSync('cat', [file], { encoding: 'utf8' }).stdout, 16)).toBe(0);
    const terminal = cleanSpawn('cat', [file], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [filter, complaints] = await Promise.all([text(terminal.stdout), text(terminal.stderr), once(terminal, 'close')]);
    expect([filter.trim(), complaints]).toEqual([before, '']);
  });
});
