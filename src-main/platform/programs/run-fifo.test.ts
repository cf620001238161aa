import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../../../testing/processes/eventually.ts';
import { watchRun } from './run-fifo.ts';
import { thisMachine } from '../terminals/terminal-world.ts';

let folder: string;
let quitting: AbortController;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'runs-')), 'runs');
  quitting = new AbortController();
});
afterEach(async () => {
  quitting.abort();
  await rm(join(folder, '..'), { recursive: true });
});

/** A command that holds the FIFO as the launcher makes it do, and ends after a while. */
const run = (fifo: string, script: string) => spawn('/bin/sh', ['-c', `exec 9<>"$0"; ${script}`, fifo], { stdio: 'ignore' });

describe.skipIf(process.platform === 'win32')('the end of a run', () => {
  it('is told with how long it took, and nothing is left behind', async () => {
    const ended = vi.fn<(seconds: number) => void>();
    const fifo = await watchRun(folder, thisMachine(quitting.signal), ended);
    run(fifo ?? '', 'sleep 0.3');
    await eventually(() => expect(ended).toHaveBeenCalledTimes(1));
    expect(ended.mock.calls[0]?.[0]).toBeGreaterThan(0.2);
    expect(ended.mock.calls[0]?.[0]).toBeLessThan(3);
    await eventually(async () => expect(await readdir(folder)).toEqual([]));
  });

  it('comes with the last of its processes, and by whatever they end', async () => {
    const ended = vi.fn<(seconds: number) => void>();
    const fifo = await watchRun(folder, thisMachine(quitting.signal), ended);
    const child = run(fifo ?? '', 'sleep 0.4 & exec sleep 600');
    await once(child, 'spawn');
    await new Promise((resolve) => setTimeout(resolve, 100));
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(ended).not.toHaveBeenCalled();
    await eventually(() => expect(ended).toHaveBeenCalledTimes(1));
  });

  it('is waited for by no one when the app quits', async () => {
    const ended = vi.fn<(seconds: number) => void>();
    const fifo = await watchRun(folder, thisMachine(quitting.signal), ended);
    const child = run(fifo ?? '', 'sleep 0.3');
    quitting.abort();
    await once(child, 'exit');
    await eventually(async () => expect(await readdir(folder)).toEqual([]));
    expect(ended).not.toHaveBeenCalled();
  });
});
