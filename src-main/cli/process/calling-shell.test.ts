import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findProgram } from '../../../testing/processes/find-program.ts';
import { callingShell } from './calling-shell.ts';

/** Some machines let nobody have mounts of their own. */
const mayUnshare = spawnSync('unshare', ['--mount', 'true']).status === 0;

let folder: string;
let child: ChildProcess | null;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'calling-')));
  child = null;
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** The process ID of a shell that waits. `before` is done in it first. */
async function shell(env: Record<string, string>, { cwd = folder, before = ':', through = [] as readonly string[] } = {}): Promise<number> {
  const words = [...through, 'sh', '-c', `${before}; echo ready; read line`];
  const started = spawn(words[0] ?? '', words.slice(1), { env: { PATH: process.env['PATH'], ...env }, cwd, stdio: ['pipe', 'pipe', 'inherit'] });
  child = started;
  await new Promise((resolve) => started.stdout.once('data', resolve));
  return started.pid ?? 0;
}

describe.skipIf(process.platform !== 'linux')('the shell that asks for a command', () => {
  it('the environment and the folder of a shell are those that it was started with', async () => {
    const pid = await shell({ EMPTY: '', LINES: 'a\nb=c', JAPANESE: '日本', 'TF_VAR_db-name': 'x' }, { before: 'LATER=1; export LATER' });
    expect(await callingShell(pid)).toEqual({
      cwd: folder,
      env: { PATH: process.env['PATH'], EMPTY: '', LINES: 'a\nb=c', JAPANESE: '日本', 'TF_VAR_db-name': 'x' },
    });
  });

  it('the folder of a shell is the one that it really is in, without links', async () => {
    await mkdir(join(folder, 'real'));
    await symlink(join(folder, 'real'), join(folder, 'link'));
    expect(await callingShell(await shell({}, { cwd: join(folder, 'link') }))).toMatchObject({ cwd: join(folder, 'real') });
  });

  it('a shell in a folder that is gone is told apart, even where another has its name by now', async () => {
    const gone = join(folder, 'gone');
    await mkdir(gone);
    const pid = await shell({}, { cwd: gone });
    await rm(gone, { recursive: true });
    expect(await callingShell(pid)).toBeNull();
    await mkdir(`${gone} (deleted)`);
    expect(await callingShell(pid)).toBeNull();
    await mkdir(gone);
    expect(await callingShell(pid)).toBeNull();
  });

  it('a process that is gone, or that cannot be looked at, is no shell to run a command for', async () => {
    expect(await callingShell(4_194_304_000)).toBeNull();
    expect(await callingShell(0)).toBeNull();
  });

  it('an environment with a name twice is left to the shell, which alone knows what it makes of that', async () => {
    const python = findProgram('python3');
    if (python === null) return;
    const twice =
      'import ctypes,os; l=ctypes.CDLL(None); E=ctypes.c_char_p; l.execve(b"/bin/sh",(E*4)(b"sh",b"-c",b"echo ready; read line",None),(E*3)(b"A=1",b"A=2",None))';
    const started = spawn(python, ['-c', twice], { stdio: ['pipe', 'pipe', 'inherit'] });
    child = started;
    await new Promise((resolve) => started.stdout.once('data', resolve));
    expect(await callingShell(started.pid ?? 0)).toBeNull();
  });

  it
    .runIf(process.getuid?.() === 0 && findProgram('setpriv') !== null)
    .each([
      ['another user', ['setpriv', '--reuid=12345', '--clear-groups']],
      ['another group', ['setpriv', '--regid=12345', '--keep-groups']],
      ['more groups', ['setpriv', '--groups=12345']],
      ['fewer capabilities', ['setpriv', '--bounding-set=-sys_admin', '--inh-caps=-all', '--reuid=0']],
      ...(mayUnshare ? [['other mounts', ['unshare', '--mount']] as const] : []),
    ] as const)('a shell with %s finds other files than the app, so it is left to itself', async (_what, through) => {
    const pid = await shell({ HOME: '/' }, { cwd: '/', through });
    expect(await callingShell(pid)).toBeNull();
  });
});
