import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cleanSpawn } from '../terminals/clean-spawn.ts';
import { isExecutable } from '../terminals/terminal-world.ts';
import { UserCommands } from './user-commands.ts';

let folder = '';
let quit = new AbortController();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'commands-'));
  quit = new AbortController();
});

afterEach(async () => {
  quit.abort();
  await rm(folder, { recursive: true, force: true });
});

const limits = { timeMs: 10_000, outputMax: 64 };
const never = new AbortController().signal;

function commands(env: NodeJS.ProcessEnv = {}, now: () => number = () => 0): UserCommands {
  return new UserCommands({
    platform: process.platform,
    env: { HOME: folder, PATH: `${folder}:/usr/bin:/bin`, SHELL: '/nonexistent', ...env },
    spawn: cleanSpawn,
    isExecutable,
    signal: quit.signal,
    now,
  });
}

async function program(name: string, ...lines: readonly string[]): Promise<void> {
  await writeFile(join(folder, name), ['#!/bin/sh', ...lines, ''].join('\n'), { mode: 0o755 });
}

async function pidIn(file: string): Promise<number> {
  for (;;) {
    const text = await readFile(join(folder, file), 'utf8').catch(() => '');
    if (text.endsWith('\n')) return Number(text);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Whether the process is there, and is no zombie. */
async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat !== null && !/^\d+ \(.*\) Z/s.test(stat);
}

/** Whether the process is gone, zombie and all, within a moment. */
async function goes(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (!(await isAlive(pid))) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}

describe('a command of the user’s', () => {
  it('a command of the user’s gets its words as they are, no input and no terminal', async () => {
    await program('code', 'cat', `printf '<%s>' "$@"`, 'read answer </dev/tty && echo terminal');
    const outcome = await commands().run(['code', '$HOME;', 'a b'], limits, never);
    expect(outcome).toMatchObject({ kind: 'exited', output: '<$HOME;><a b>', lastLine: expect.stringContaining('/dev/tty') });
  });

  it('a command of the user’s is named by its exit status and the last line that it said', async () => {
    await program('code', 'echo first >&2', 'echo "the vault is locked" >&2', 'exit 3');
    expect(await commands().run(['code'], limits, never)).toEqual({
      kind: 'exited',
      status: 3,
      output: '',
      lastLine: 'the vault is locked',
      said: 'first\nthe vault is locked',
    });
  });

  it('a command of the user’s is looked for in the PATH that a login has, which is asked for once', async () => {
    await mkdir(join(folder, 'own'));
    await writeFile(join(folder, '.bashrc'), `echo noise; echo x >> "${folder}/starts"; export PATH="${folder}/own:$PATH"\n`);
    await writeFile(join(folder, '.bash_profile'), '. "$HOME/.bashrc"\n');
    await writeFile(join(folder, 'own/code'), '#!/bin/sh\necho 123456\n', { mode: 0o755 });
    const mine = commands({ SHELL: '/bin/bash', PATH: '/usr/bin:/bin' });
    const outcomes = await Promise.all([mine.run(['code'], limits, never), mine.run(['code'], limits, never)]);
    const printed = { kind: 'exited', status: 0, output: '123456\n', lastLine: '', said: '' };
    expect(outcomes).toEqual([printed, printed]);
    expect(await readFile(join(folder, 'starts'), 'utf8')).toBe('x\n');
  });

  it('a login that did not answer in time is asked for its PATH again later, and until then the app’s own counts', async () => {
    await mkdir(join(folder, 'own'));
    const hangsOnce = [`echo x >> "${folder}/starts"`, `[ $(wc -l < "${folder}/starts") -gt 1 ] || sleep 60`, `export PATH="${folder}/own:$PATH"`];
    await writeFile(join(folder, '.bash_profile'), hangsOnce.join('\n'));
    await writeFile(join(folder, 'own/code'), '#!/bin/sh\necho 123456\n', { mode: 0o755 });
    await program('other', 'echo 1');
    let now = 0;
    const mine = commands({ SHELL: '/bin/bash' }, () => now);
    const starts = async () => (await readFile(join(folder, 'starts'), 'utf8')).length / 2;
    expect([await mine.run(['code'], limits, never), await starts()]).toEqual([{ kind: 'not-found' }, 1]);
    expect([await mine.run(['other'], limits, never), await starts()]).toMatchObject([{ kind: 'exited' }, 1]);
    now += 60_000;
    expect([await mine.run(['code'], limits, never), await starts()]).toMatchObject([{ kind: 'exited', output: '123456\n' }, 2]);
    now += 600_000;
    expect([await mine.run(['code'], limits, never), await starts()]).toMatchObject([{ kind: 'exited', output: '123456\n' }, 2]);
  });

  it('a command of the user’s is told of once it has started, and not while the login is asked for its PATH', async () => {
    await program('code', 'echo 123456');
    await writeFile(join(folder, '.bash_profile'), `sleep 0.5; echo x > "${folder}/asked"\n`);
    let asked = '';
    await commands({ SHELL: '/bin/bash' }).run(['code'], limits, never, () => (asked = readFileSync(join(folder, 'asked'), 'utf8')));
    expect(asked).toBe('x\n');
  });

  it('a command of the user’s that is not there, or may not be run, is told from one that fails', async () => {
    await program('code');
    await chmod(join(folder, 'code'), 0o644);
    for (const name of ['code', 'none', join(folder, 'none'), './code']) expect(await commands().run([name], limits, never)).toEqual({ kind: 'not-found' });
    await writeFile(join(folder, 'broken'), '#!/nonexistent/interpreter\n', { mode: 0o755 });
    expect(['not-started', 'exited']).toContain((await commands().run(['broken'], limits, never)).kind);
  });

  it('a command of the user’s that prints without end is ended, and its output is not kept', async () => {
    await program('code', `echo $$ > "${folder}/pid"`, 'head -c 1000000000 /dev/zero', 'sleep 60');
    const before = process.memoryUsage().rss;
    expect(await commands().run(['code'], limits, never)).toEqual({ kind: 'too-much', lastLine: '', said: '' });
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
    expect(await goes(await pidIn('pid'))).toBe(true);
  });

  it('a command of the user’s is ended at its time limit with all that it started, even what refuses to end', async () => {
    await program('code', `trap '' TERM`, `sh -c 'trap "" TERM; echo $$ > "${folder}/pid"; sleep 60' &`, 'wait', 'sleep 60');
    expect(await commands().run(['code'], { timeMs: 1_000, outputMax: 64 }, never)).toEqual({ kind: 'timed-out', lastLine: '', said: '' });
    expect(await goes(await pidIn('pid'))).toBe(true);
  });

  it('a command of the user’s is ended when nobody waits for it, and when the app quits', async () => {
    for (const ends of ['cancel', 'quit'] as const) {
      const cancel = new AbortController();
      await program('code', `sh -c 'echo $$ > "${folder}/${ends}"; exec sleep 60'`);
      const run = commands().run(['code'], limits, cancel.signal);
      const pid = await pidIn(ends);
      (ends === 'cancel' ? cancel : quit).abort();
      expect(await run).toEqual({ kind: 'cancelled' });
      expect(await goes(pid)).toBe(true);
    }
  });

  it('a command of the user’s that leaves a process behind has ended, and what it left goes on', async () => {
    await program('code', `setsid sh -c 'echo $$ > "${folder}/pid"; exec sleep 60' &`, `while ! [ -s "${folder}/pid" ]; do sleep 0.01; done`, 'echo 123456');
    const outcome = await commands().run(['code'], limits, never);
    const pid = await pidIn('pid');
    const wasAlive = await isAlive(pid);
    process.kill(pid, 'SIGKILL');
    expect([outcome, wasAlive]).toEqual([{ kind: 'exited', status: 0, output: '123456\n', lastLine: '', said: '' }, true]);
  });
});
