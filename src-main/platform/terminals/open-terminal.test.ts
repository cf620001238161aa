import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../testing/processes/eventually.ts';
import { openTerminal } from './open-terminal.ts';
import { isExecutable, type TerminalWorld } from './terminal-world.ts';

const secret = `fake'$secret-${process.pid}`;
let folder: string;
let children: ChildProcess[];
let quit: AbortController;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'open-terminal-')));
  for (const name of ['bin', 'tmp', 'runtime', 'project']) await mkdir(join(folder, name));
  await program('shell', `env -0 > "${folder}/shell-env"; pwd > "${folder}/shell-pwd"`);
  children = [];
  quit = new AbortController();
});
afterEach(async () => {
  for (const child of children) child.kill();
  // A shell may still be writing its report.
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
});

async function program(name: string, body: string): Promise<void> {
  await writeFile(join(folder, name === 'shell' ? '' : 'bin', name), `#!/bin/sh\n${body}\n`);
  await chmod(join(folder, name === 'shell' ? '' : 'bin', name), 0o755);
}

function world(changes: Partial<TerminalWorld> = {}): TerminalWorld {
  return {
    platform: 'linux',
    env: { PATH: `${folder}/bin:${process.env['PATH']}`, SHELL: join(folder, 'shell'), XDG_RUNTIME_DIR: join(folder, 'runtime') },
    spawn: ((...args: Parameters<typeof spawn>) => {
      const child = spawn(...args);
      children.push(child);
      return child;
    }) as typeof spawn,
    // Only the terminals of this test, whatever else the machine has.
    isExecutable: async (path) => path.startsWith(folder) && isExecutable(path),
    temporaryFolder: join(folder, 'tmp'),
    timeLimit: 10_000,
    signal: quit.signal,
    ...changes,
  };
}

const request = () => ({
  title: 'alice · 111111111111 · until 02:15',
  directory: join(folder, 'project'),
  variables: [
    ['AWS_ACCESS_KEY_ID', 'ASIAFAKE'],
    ['AWS_SECRET_ACCESS_KEY', secret],
  ] as const,
});

const env0 = async (name: string) => {
  const entries = (await readFile(join(folder, name), 'utf8')).split('\0');
  return Object.fromEntries(entries.map((entry) => [entry.split('=', 1)[0], entry.slice(entry.indexOf('=') + 1)]));
};
const leftovers = async () => [...(await readdir(join(folder, 'tmp'))), ...(await readdir(join(folder, 'runtime')))];
/** The script of a fake kitty: `$1` and `$2` are its options, the rest is the launcher. */
const runsLauncher = 'shift 2; exec "$@"';

describe('opening a terminal', () => {
  it('opening a terminal gives the shell inside the variables, in the folder that was asked for', async () => {
    await program('kitty', runsLauncher);
    expect(await openTerminal('auto', request(), world())).toEqual({ ok: true, value: { terminal: { id: 'kitty', label: 'kitty' } } });
    await eventually(async () => expect(await readFile(join(folder, 'shell-pwd'), 'utf8')).toBe(`${folder}/project\n`));
    expect(await env0('shell-env')).toMatchObject({ AWS_ACCESS_KEY_ID: 'ASIAFAKE', AWS_SECRET_ACCESS_KEY: secret });
  });

  it('opening a terminal shows the terminal a FIFO in a private folder, and no secret in arguments, environment or files', async () => {
    const report = `${folder}/report`;
    await program('kitty', `shift 2; d=$(dirname "$2"); { ls -ld "$d"; ls -l "$d"; cat "$d/stderr"; echo "$*"; env; } > ${report}; exec "$@"`);
    const env = { ...world().env, AWS_PROFILE: 'own', AWS_SESSION_TOKEN: 'own', ELECTRON_RUN_AS_NODE: '1', GDK_BACKEND: 'x11', AWS_CONFIG_FILE: '/x' };
    expect((await openTerminal('kitty', request(), world({ env }))).ok).toBe(true);
    const seen = await readFile(report, 'utf8');
    expect(seen).toMatch(/^drwx------/);
    expect(seen).toMatch(/^prw------- .* session$/m);
    expect(seen).not.toContain(secret);
    expect(seen).not.toMatch(/AWS_PROFILE|AWS_SESSION_TOKEN|ELECTRON|GDK_BACKEND/);
    expect(seen).toContain('AWS_CONFIG_FILE=/x');
  });

  it('opening a terminal puts no secret into the arguments or the environment of any process that it starts', async () => {
    await program('kitty', runsLauncher);
    const started: string[] = [];
    const recording = ((...args: Parameters<typeof spawn>) => {
      started.push(JSON.stringify(args));
      return spawn(...args);
    }) as typeof spawn;
    await openTerminal('kitty', request(), world({ spawn: recording }));
    expect(started).toHaveLength(2);
    expect(started.join()).not.toContain(secret);
  });

  it('opening a terminal hands over a session that is larger than a FIFO holds', async () => {
    await program('kitty', runsLauncher);
    const large = ['LARGE', 'x'.repeat(100_000)] as const;
    expect((await openTerminal('kitty', { ...request(), variables: [large] }, world())).ok).toBe(true);
    await eventually(async () => expect((await env0('shell-env'))['LARGE']).toHaveLength(100_000));
  });

  it('opening a terminal removes the private folder as soon as the session was taken', async () => {
    await program('kitty', runsLauncher);
    await openTerminal('kitty', request(), world());
    expect(await leftovers()).toEqual([]);
  });

  it('opening a terminal works without a usable XDG_RUNTIME_DIR', async () => {
    await program('kitty', runsLauncher);
    const env = { ...world().env, XDG_RUNTIME_DIR: join(folder, 'none') };
    expect((await openTerminal('kitty', request(), world({ env }))).ok).toBe(true);
  });

  it('opening a terminal waits for a terminal that lets a server open the window', async () => {
    await program('kitty', 'shift 2; { sleep 0.3; exec "$@"; } & exit 0');
    expect((await openTerminal('kitty', request(), world())).ok).toBe(true);
  });

  it('opening a terminal takes the shell that was asked for before that of the user', async () => {
    await program('kitty', runsLauncher);
    await program('other', `touch ${folder}/other-ran`);
    await openTerminal('kitty', { ...request(), shell: join(folder, 'bin', 'other') }, world());
    await eventually(async () => expect(await readdir(folder)).toContain('other-ran'));
  });
});

describe('a terminal that does not take the session', () => {
  const failed = (terminal: string, reason: unknown) => ({ ok: false, error: { code: 'terminal-failed', params: { terminal, reason } } });

  it('a terminal that does not take the session is reported with the first line of its own complaint', async () => {
    await program('kitty', 'echo >&2; echo "cannot open display" >&2; echo more >&2; exit 3');
    expect(await openTerminal('kitty', request(), world())).toEqual(failed('kitty', 'cannot open display'));
    expect(await leftovers()).toEqual([]);
  });

  it('a terminal that does not take the session is reported with its exit status when it says nothing', async () => {
    await program('kitty', 'exit 3');
    expect(await openTerminal('kitty', request(), world())).toEqual(failed('kitty', 'exit status 3'));
  });

  it('a terminal that does not take the session is reported when it cannot be started', async () => {
    await program('kitty', runsLauncher);
    const gone = ((file: string, ...rest: [string[], object]) => spawn(file === 'kitty' ? join(folder, 'gone') : file, ...rest)) as typeof spawn;
    expect(await openTerminal('kitty', request(), world({ spawn: gone }))).toEqual(failed('kitty', 'ENOENT'));
  });

  it('a terminal that does not take the session is given up after the time limit, and nothing is left behind', async () => {
    await program('kitty', 'exec sleep 30');
    expect(await openTerminal('kitty', request(), world({ timeLimit: 300 }))).toEqual(failed('kitty', 'no answer in 0.3 s'));
    expect(await leftovers()).toEqual([]);
    const [mkfifo, terminal] = children;
    expect(mkfifo?.exitCode).toBe(0);
    expect(terminal?.exitCode).toBe(null);
  });

  it('a terminal that does not take the session is given up when the app quits', async () => {
    await program('kitty', `touch ${folder}/kitty-ran; exec sleep 30`);
    const opening = openTerminal('kitty', request(), world());
    await eventually(async () => expect(await readdir(folder)).toContain('kitty-ran'));
    quit.abort();
    expect(await opening).toEqual(failed('kitty', 'cancelled'));
    expect(await leftovers()).toEqual([]);
  });

  it('a terminal that does not take the session is reported when it is not installed, by the name under which it was chosen', async () => {
    expect(await openTerminal('wezterm', request(), world())).toEqual(failed('wezterm', 'ENOENT'));
  });

  it('opening a terminal fails as terminal-none when there is none to choose from', async () => {
    expect(await openTerminal('auto', request(), world())).toEqual({ ok: false, error: { code: 'terminal-none', params: {} } });
  });

  it('a terminal that does not take the session is not even started when a value cannot be expressed', async () => {
    await program('kitty', runsLauncher);
    const outcome = await openTerminal('kitty', { ...request(), variables: [['A', '\0']] }, world());
    expect(outcome).toMatchObject({ ok: false, error: { code: 'export-unquotable' } });
    expect(children).toEqual([]);
  });
});

describe('opening a terminal on Windows', () => {
  it('opening a terminal on Windows puts the variables into the environment block of the new process, and only there', async () => {
    const calls: Parameters<typeof spawn>[] = [];
    const fake = ((...args: Parameters<typeof spawn>) => {
      calls.push(args);
      return spawn('/bin/true', { stdio: 'ignore' });
    }) as typeof spawn;
    const env = { Path: 'C:\\Windows', Aws_Profile: 'stale', aws_session_token: 'stale', USERPROFILE: 'C:\\Users\\alice' };
    const onlyCmd = async (path: string) => path === 'C:\\Windows\\cmd.exe';
    const windows = world({ platform: 'win32', env, spawn: fake, isExecutable: onlyCmd });
    const outcome = await openTerminal('auto', { ...request(), directory: 'C:\\infra' }, windows);
    expect(outcome).toEqual({ ok: true, value: { terminal: { id: 'cmd', label: 'Command Prompt' } } });
    const [file, args, options] = calls[0] ?? [];
    expect(JSON.stringify([file, args])).not.toContain(secret);
    expect(options).toEqual({
      cwd: 'C:\\infra',
      env: { Path: 'C:\\Windows', USERPROFILE: 'C:\\Users\\alice', AWS_ACCESS_KEY_ID: 'ASIAFAKE', AWS_SECRET_ACCESS_KEY: secret },
      stdio: 'ignore',
      windowsVerbatimArguments: true,
    });
  });
});
