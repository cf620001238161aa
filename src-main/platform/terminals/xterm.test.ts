import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../testing/processes/eventually.ts';
import { openTerminal } from './open-terminal.ts';
import { thisMachine } from './terminal-world.ts';

const missing = ['xterm', 'Xvfb', 'xdotool'].find((name) => spawnSync(name, ['-version']).error !== undefined);
const secret = `fake-secret-${process.pid}-${Date.now()}`;
const title = 'alice · 111111111111 · until 02:15';

let folder: string;
let display: string;
let server: ChildProcess | undefined;
let xterm: ChildProcess | undefined;
let outcome: Awaited<ReturnType<typeof openTerminal>>;
/** What the shell inside the xterm saw, one line each. */
let report: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xterm-test-'));
  if (missing !== undefined) return;
  display = await startDisplay();
  await mkdir(join(folder, 'tmp'));
  await writeFile(join(folder, 'shell'), shellScript());
  await chmod(join(folder, 'shell'), 0o755);
  const env = { ...process.env, DISPLAY: display, LC_ALL: 'C.UTF-8', SHELL: join(folder, 'shell'), AWS_PROFILE: 'stale', XDG_RUNTIME_DIR: '' };
  const world = { ...thisMachine(new AbortController().signal), env, temporaryFolder: join(folder, 'tmp') };
  const spawnAndKeep = ((file: string, ...rest: [string[], object]) => {
    const child = spawn(file, ...rest);
    if (file === 'xterm') xterm = child;
    return child;
  }) as typeof spawn;
  const variables = [
    ['AWS_ACCESS_KEY_ID', 'ASIAFAKE'],
    ['AWS_SECRET_ACCESS_KEY', secret],
  ] as const;
  outcome = await openTerminal('xterm', { title, directory: '/usr', variables }, { ...world, spawn: spawnAndKeep });
  report = await eventually(readReport);
});

afterAll(async () => {
  xterm?.kill();
  server?.kill();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(({ skip }) => {
  if (missing !== undefined) skip(`${missing} is not installed`);
});

async function startDisplay(): Promise<string> {
  server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '800x600x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [number] = await once(server.stdio[3] as NodeJS.ReadableStream, 'data');
  return `:${String(number).trim()}`;
}

/** Stands in for the user's shell: it reports, tries to change the title, and stays. */
const shellScript = () => `#!/bin/sh
printf '\\033]0;changed by the prompt\\007'
{
  echo "pid=$$"
  echo "folder=$(pwd)"
  echo "profile=\${AWS_PROFILE-unset}"
  echo "key=$AWS_ACCESS_KEY_ID"
  echo "tty=$([ -t 0 ] && [ -t 2 ] && echo yes)"
  echo "digest=$(printf %s "$AWS_SECRET_ACCESS_KEY" | sha256sum | cut -c 1-64)"
} > '${folder}/report.part'
mv '${folder}/report.part' '${folder}/report'
read stay
`;

async function readReport(): Promise<Record<string, string>> {
  const lines = (await readFile(join(folder, 'report'), 'utf8')).trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split('=', 2)));
}

/** Processes whose `/proc/PID/<what>` holds the secret. */
async function holders(what: 'cmdline' | 'environ'): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const texts = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/${what}`, 'latin1').catch(() => '')));
  return pids.filter((_, index) => texts[index]?.includes(secret));
}

describe('a real xterm', () => {
  it('a real xterm runs the shell in the folder, on a terminal, with the variables', () => {
    expect(outcome).toEqual({ ok: true, value: { terminal: { id: 'xterm', label: 'xterm' } } });
    const digest = createHash('sha256').update(secret).digest('hex');
    expect(report).toMatchObject({ folder: '/usr', key: 'ASIAFAKE', tty: 'yes', digest });
  });

  it('a real xterm does not pass on a profile of the app, which would win over the session', () => {
    expect(report['profile']).toBe('unset');
  });

  it('a real xterm leaves the secret in the environment of the shell alone, and in no arguments', async () => {
    expect(await holders('cmdline')).toEqual([]);
    expect(await holders('environ')).toEqual([report['pid']]);
  });

  it('a real xterm leaves nothing on the disk', async () => {
    expect(await readdir(join(folder, 'tmp'))).toEqual([]);
  });

  it('a real xterm shows the title and keeps it when the shell sets another', async () => {
    // xterm writes WM_NAME in Latin-1 and xdotool prints the bytes as they are.
    const name = () =>
      spawnSync('xdotool', ['search', '--onlyvisible', '--class', 'xterm', 'getwindowname'], {
        env: { ...process.env, DISPLAY: display },
        encoding: 'latin1',
      }).stdout.trim();
    await eventually(() => expect(name()).toBe(title));
  });

  it('a real xterm outlives the app: it leads a session of its own', async () => {
    const stat = await readFile(`/proc/${xterm?.pid}/stat`, 'utf8');
    const session = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3];
    expect(session).toBe(String(xterm?.pid));
  });
});

describe('an xterm without a display', () => {
  it('an xterm without a display is reported with what xterm says', async () => {
    const env = { ...process.env, DISPLAY: ':9999', XDG_RUNTIME_DIR: '' };
    const world = { ...thisMachine(new AbortController().signal), env, temporaryFolder: join(folder, 'tmp') };
    const refused = await openTerminal('xterm', { title, directory: '/', variables: [['A', 'b']] }, world);
    // For root, Xt first warns that it must not print the whole message.
    const reason = expect.stringMatching(/display|root user/i);
    expect(refused).toEqual({ ok: false, error: { code: 'terminal-failed', params: { terminal: 'xterm', reason } } });
  });
});
