import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { nothingHappensFor } from '../../../testing/processes/deadline.ts';
import { eventually } from '../../../testing/processes/eventually.ts';
import { removeLeftFifos, watchRun, watchTerminal } from './run-fifo.ts';
import { thisMachine } from '../terminals/terminal-world.ts';

/** The app that hands out FIFOs and hears of the ends of runs. */
class App {
  readonly folder: string;
  readonly quitting = new AbortController();
  readonly onEnd = vi.fn<(seconds: number | null) => void>();

  constructor(folder: string) {
    this.folder = folder;
  }

  async handOut(): Promise<string> {
    return (await watchRun(this.folder, thisMachine(this.quitting.signal), this.onEnd)) ?? 'none';
  }
}

const it = test.extend('app', async ({}, { onCleanup }) => {
  const home = await mkdtemp(join(tmpdir(), 'runs-'));
  const app = new App(join(home, 'runs'));
  onCleanup(async () => {
    app.quitting.abort();
    // It may still be removing a FIFO.
    await rm(home, { recursive: true, maxRetries: 10, retryDelay: 50 });
  });
  return app;
});

/**
 * A command that opens the FIFO as the launcher makes it do, starts what is to run beside it, says so,
 * and does what the script says; its descriptor 3 is a pipe from the test.
 */
function command(fifo: string, script: string, beside: string): ChildProcess {
  return spawn('/bin/sh', ['-c', `if [ -p "$0" ]; then exec 9<>"$0"; fi; ${beside} echo up; ${script}`, fifo], { stdio: ['ignore', 'pipe', 'ignore', 'pipe'] });
}

async function run(fifo: string, script: string, beside = ''): Promise<ChildProcess> {
  const child = command(fifo, script, beside);
  if (child.stdout !== null) await once(child.stdout, 'data');
  return child;
}

/** Ends what reads descriptor 3 of the command. */
function letGo(child: ChildProcess): void {
  const pipe = child.stdio[3];
  if (pipe !== undefined && pipe !== null && 'end' in pipe) pipe.end();
}

describe.skipIf(process.platform === 'win32')('the end of a run', () => {
  it('the end of a run is reported with how long the run took, and the FIFO is removed', async ({ app }) => {
    const since = performance.now();
    await run(await app.handOut(), 'sleep 0.3');
    await eventually(() => expect(app.onEnd).toHaveBeenCalledTimes(1));
    const [[seconds] = [0]] = app.onEnd.mock.calls;
    expect(seconds).toBeGreaterThan(0.29);
    expect(seconds).toBeLessThanOrEqual((performance.now() - since) / 1000);
    expect(await readdir(app.folder)).toEqual([]);
  });

  it('the end of a run comes with the last process of the run, and by whatever the others end', async ({ app }) => {
    const child = await run(await app.handOut(), 'exec sleep 600', 'cat <&3 >/dev/null &');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await nothingHappensFor(100);
    expect(app.onEnd).not.toHaveBeenCalled();
    letGo(child);
    await eventually(() => expect(app.onEnd).toHaveBeenCalledTimes(1));
  });

  it('the end of a run is no longer waited for once the app quits', async ({ app }) => {
    const child = await run(await app.handOut(), 'exec cat <&3');
    app.quitting.abort();
    await eventually(async () => expect(await readdir(app.folder)).toEqual([]));
    letGo(child);
    await once(child, 'exit');
    expect(app.onEnd).not.toHaveBeenCalled();
  });

  it('the end of a run is waited for by nobody, and the FIFO is gone, when the app quits before the command has opened it', async ({ app }) => {
    const fifo = await app.handOut();
    app.quitting.abort();
    await eventually(async () => expect(await readdir(app.folder)).toEqual([]));
    const child = await run(fifo, 'true');
    if (child.exitCode === null) await once(child, 'exit');
    expect(await readdir(app.folder)).toEqual([]);
    expect(app.onEnd).not.toHaveBeenCalled();
  });

  it('the end of a run is not waited for when the app quits while it makes the FIFO', async ({ app }) => {
    const handingOut = app.handOut();
    app.quitting.abort();
    await handingOut;
    await eventually(async () => expect(await readdir(app.folder)).toEqual([]));
  });

  it('the end of a run is given up when no command opens the FIFO within a minute, as its project is read again first, and waited for when one did', async ({
    app,
  }) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await app.handOut();
    const opened = await app.handOut();
    const child = await run(opened, 'exec cat <&3');
    vi.advanceTimersByTime(59_000);
    expect(await readdir(app.folder)).toHaveLength(2);
    vi.advanceTimersByTime(1000);
    vi.useRealTimers();
    await eventually(async () => expect(await readdir(app.folder)).toEqual([basename(opened)]));
    expect(app.onEnd.mock.calls).toEqual([[null]]);
    letGo(child);
    await eventually(() => expect(app.onEnd).toHaveBeenCalledTimes(2));
  });

  it('the end of a run holds up no other work on files, however many FIFOs wait for their commands', async ({ app }) => {
    await Promise.all(Array.from({ length: 20 }, () => app.handOut()));
    expect(await readFile(import.meta.filename, 'utf8')).not.toBe('');
    expect(await readdir(app.folder)).toHaveLength(20);
  });
});

describe.skipIf(process.platform === 'win32')('a terminal', () => {
  const watch = async (app: App, known: string | null = null) => watchTerminal(app.folder, known, thisMachine(app.quitting.signal), () => app.onEnd(null));

  it('a terminal is watched on when the app was started anew, until its last process has ended', async ({ app }) => {
    const fifo = (await watch(app)) ?? 'none';
    const terminal = await run(fifo, 'read wait <&3');
    app.quitting.abort();
    await nothingHappensFor(200);
    expect(app.onEnd).not.toHaveBeenCalled();

    const next = new App(app.folder);
    expect(await watch(next, fifo)).toBe(fifo);
    letGo(terminal);
    await eventually(() => expect(next.onEnd).toHaveBeenCalledOnce());
    await eventually(async () => expect(await readdir(app.folder)).toEqual([]));
    expect(app.onEnd).not.toHaveBeenCalled();
  });

  it('a terminal that was closed while the app was away is no longer there', async ({ app }) => {
    const fifo = (await watch(app)) ?? 'none';
    const terminal = await run(fifo, 'read wait <&3');
    app.quitting.abort();
    letGo(terminal);
    await once(terminal, 'exit');
    expect(await watch(new App(app.folder), fifo)).toBeNull();
    expect(await readdir(app.folder)).toEqual([]);
    expect(await watch(new App(app.folder), fifo)).toBeNull();
  });
});

describe.skipIf(process.platform === 'win32')('what is no FIFO', () => {
  it('what is no FIFO in the place of one that was kept is not watched, and stays: a file, empty or not, a folder, a link to one', async ({ app }) => {
    const world = thisMachine(app.quitting.signal);
    const end = join(app.folder, 'end');
    await mkdir(join(app.folder, 'folder'), { recursive: true });
    await writeFile(join(app.folder, 'empty'), '');
    await writeFile(end, 'mine');
    await symlink(end, join(app.folder, 'link'));
    for (const name of ['folder', 'empty', 'end', 'link', 'missing'])
      expect(await watchTerminal(app.folder, join(app.folder, name), world, () => app.onEnd(null))).toBeNull();
    expect((await readdir(app.folder)).toSorted()).toEqual(['empty', 'end', 'folder', 'link']);
    expect(app.onEnd).not.toHaveBeenCalled();
  });
});

describe.skipIf(process.platform === 'win32')('a FIFO of an app that was killed', () => {
  it('a FIFO of an app that was killed goes at the next start, unless a program holds it still', async ({ app }) => {
    const killed = new AbortController();
    const handOut = async () => (await watchTerminal(app.folder, null, thisMachine(killed.signal), () => {})) ?? '';
    const [held, left] = [await handOut(), await handOut()];
    await writeFile(join(app.folder, 'note'), '');
    const child = await run(held, 'cat <&3');
    killed.abort();
    await removeLeftFifos(app.folder);
    expect((await readdir(app.folder)).toSorted()).toEqual([basename(held), 'note'].toSorted());
    expect(left).not.toBe('');
    letGo(child);
  });

  it('a FIFO of an app that was killed is not looked for where there is no folder for it', async ({ app }) => {
    await expect(removeLeftFifos(join(app.folder, 'gone'))).resolves.toBeUndefined();
  });
});
