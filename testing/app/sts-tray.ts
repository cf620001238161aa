import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { quotePosix } from '../../src-main/core/hand-offs/exports.ts';
import { runProgram, type Ran } from '../processes/run-program.ts';
import { checkout } from './running-app.ts';
import type { AppRig } from './app-rig.ts';

/** The parts of a rig that the command line needs. */
export type CommandRig = Pick<AppRig, 'dataFolder' | 'env'>;

type RunOptions = { readonly env?: Record<string, string>; readonly cwd?: string; readonly input?: string };

/** The launcher of this checkout, for the app that has the rig's data folder; further arguments go after these. */
export function launcher(rig: CommandRig): readonly [program: string, ...args: string[]] {
  return [join(checkout, 'bin', 'sts-tray'), `--user-data-dir=${rig.dataFolder}`];
}

/** Runs the command line as the rig's user, and waits for its end. */
export function runStsTray(rig: CommandRig, args: readonly string[], { env = {}, ...options }: RunOptions = {}): Promise<Ran> {
  const [program, ...first] = launcher(rig);
  return runProgram(program, [...first, ...args], { env: { ...rig.env, ...env }, ...options });
}

type TerminalOptions = { readonly env?: Record<string, string>; readonly cwd?: string; readonly answer: string };

/** The same in a terminal, where the command can ask, and `answer` is typed. What is printed and typed comes as one text. */
export async function runAtTerminal(
  rig: CommandRig,
  args: readonly string[],
  { env = {}, cwd, answer }: TerminalOptions,
): Promise<{ readonly exitCode: number | null; readonly output: string }> {
  const command = [...launcher(rig), ...args].map(quotePosix).join(' ');
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    env: { ...rig.env, ...env },
    cwd,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let [output, isAnswered] = ['', false];
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (isAnswered || !/Type .*: $/.test(output)) return;
    isAnswered = true;
    child.stdin.write(`${answer}\n`);
  });
  await once(child, 'close');
  return { exitCode: child.exitCode, output: output.replaceAll('\r', '') };
}

/** A program in the foreground of a terminal of its own. */
export type ForegroundProgram = {
  readonly pid: number;
  /** Resolves when it has printed the line. */
  readonly printed: (line: string) => Promise<void>;
  /** What Ctrl+C does: the signal goes to every process of the group. */
  readonly interrupt: () => void;
  readonly ended: Promise<Ran>;
};

/** Starts the command line as the leader of a process group, as an interactive shell does. */
export function startStsTray(rig: CommandRig, args: readonly string[]): ForegroundProgram {
  const [program, ...first] = launcher(rig);
  const child = spawn(program, [...first, ...args], { env: rig.env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const { pid } = child;
  if (pid === undefined) throw new Error('The launcher did not start');
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = Promise.all([text(child.stderr), once(child, 'close')]).then(([stderr]) => ({ exitCode: child.exitCode, stdout: output, stderr }));
  return {
    pid,
    ended,
    interrupt: () => void process.kill(-pid, 'SIGINT'),
    printed: async (line) => {
      while (!output.split('\n').includes(line)) {
        const [chunk] = await Promise.race([once(child.stdout, 'data'), ended.then(() => [null])]);
        if (chunk === null) throw new Error(`The program ended and did not print ${line}`);
      }
    },
  };
}
