import { spawn, type ChildProcess } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FromHost, ToHost } from '../../core/local-api/host-messages.ts';
import { appError } from '../../core/errors.ts';
import type { CliWorld } from './cli-world.ts';
import { HostedCommands } from './hosted-commands.ts';

const files = { config: { path: '/c', isNamed: false }, credentials: { path: '/d', isNamed: false } };

/** The launcher that waits, a real process. */
let launcher: ChildProcess;
beforeEach(async () => {
  launcher = spawn('sh', ['-c', 'echo ready; read line'], {
    env: { PATH: process.env['PATH'], HOME: '/home/jo', SECRET: 'x' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => launcher.stdout?.once('data', resolve));
});
afterEach(() => void launcher.kill('SIGKILL'));

function hosted(run: (world: CliWorld) => Promise<number>) {
  const sent: FromHost[] = [];
  let [wake, left] = [(): void => {}, false];
  const host = new HostedCommands({
    run,
    send: (message) => {
      sent.push(message);
      wake();
    },
    leave: () => (left = true),
  });
  return {
    sent,
    isLeft: () => left,
    receive: (message: ToHost) => host.receive(message),
    start: (word: readonly string[], terminal: 'none' | 'both' = 'none') =>
      host.receive({ kind: 'command', command: 1, request: { word: [...word], pid: launcher.pid ?? 0, terminal }, version: '1.2.3', dataFolder: '/data' }),
    next: async (count = 1) => {
      while (sent.length < count) await new Promise<void>((resolve) => (wake = resolve));
      return sent.slice(-1)[0];
    },
  };
}

describe.skipIf(process.platform !== 'linux')('a command that runs for a launcher', () => {
  it('a command runs in the world of its launcher: words, environment, folder, process and terminal', async () => {
    let world: CliWorld | null = null;
    const { start, next } = hosted(async (given) => {
      world = given;
      given.printError('Said\nin two lines\n');
      given.print('set AWS_REGION=x\nbecome 3\n');
      return 0;
    });
    start(['exec', 'a', '--', 'true'], 'both');
    expect(await next()).toEqual({ kind: 'ended', command: 1, text: 'say Said\nsay in two lines\nset AWS_REGION=x\nbecome 3\n' });
    expect(world).toMatchObject({
      args: ['__exec-steps', 'exec', 'a', '--', 'true'],
      env: { HOME: '/home/jo', SECRET: 'x' },
      cwd: process.cwd(),
      homedir: '/home/jo',
      parentPid: launcher.pid,
      dataFolder: '/data',
      interactive: true,
      isTerminal: { stdout: false, stderr: true },
    });
  });

  it('a command that fails ends its launcher with its status', async () => {
    const { start, next } = hosted(async ({ printError }) => {
      printError('No.\n');
      return 3;
    });
    start(['exec', 'a', '--', 'true']);
    expect(await next()).toEqual({ kind: 'ended', command: 1, text: 'say No.\nexit 3\n' });
  });

  it('what a command asks of the app gets the app’s answer', async () => {
    const { start, next, receive, sent } = hosted(async ({ host, printError }) => {
      const answer = await host?.ask('hand-off', { profile: 'a', credentials: 'renewable' }, files);
      printError(`${JSON.stringify(answer)}\n`);
      return 1;
    });
    start(['exec', 'a', '--', 'true']);
    expect(await next()).toEqual({ kind: 'ask', command: 1, ask: 1, name: 'hand-off', fields: { profile: 'a', credentials: 'renewable' }, files });
    receive({ kind: 'answer', ask: 1, answer: { ok: false, error: appError('app-quitting') } });
    await next(2);
    expect(sent[1]).toMatchObject({ text: 'say {"ok":false,"error":{"code":"app-quitting","params":{}}}\nexit 1\n' });
  });

  it.each<[string, (world: CliWorld) => unknown]>([
    ['reads a line', ({ readLine }) => readLine()],
    ['starts a program', ({ host }) => host?.needsOwnProcess()],
    ['wants the keys themselves', ({ host }) => host?.ask('hand-off', { profile: 'a', credentials: 'static' }, files)],
    ['opens a window, which is said at the terminal first', ({ host }) => host?.ask('login', { profile: 'a' }, files)],
    ['breaks down', () => Promise.reject(new TypeError('broken'))],
  ])('a command that %s needs a process of its own, and nothing that it said before is said', async (_what, act) => {
    const { start, next, sent } = hosted(async (world) => {
      world.printError('Said before\n');
      await act(world);
      return 0;
    });
    start(['exec', 'a', '--', 'true'], 'both');
    await next();
    expect(sent).toEqual([{ kind: 'ended', command: 1, text: null }]);
  });

  it('a command with a word that is no text needs a process of its own', async () => {
    const { start, next } = hosted(async () => 0);
    start(['exec', 'a', '--', '\uFFFD']);
    expect(await next()).toMatchObject({ text: null });
  });

  it('a command of a launcher that is gone needs a process of its own', async () => {
    const { start, next } = hosted(async () => 0);
    launcher.kill('SIGKILL');
    await new Promise((resolve) => launcher.once('close', resolve));
    start(['exec', 'a', '--', 'true']);
    expect(await next()).toMatchObject({ text: null });
  });
});
