import type { ChildProcess, spawn } from 'node:child_process';
import type { CommandLimits, CommandOutcome } from '../../core/user-commands/command-outcome.ts';
import { systemErrorReason } from '../../core/system-error.ts';

export type ChildWorld = {
  readonly spawn: typeof spawn;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
};

/** How long a child may take to end when it is asked to, and what it printed to arrive once it has ended, in milliseconds. */
const graceMs = 500;

/** Of standard error only the end is of use, in bytes. */
const errorsMax = 4096;

/**
 * Runs a program without a shell and without a terminal: in a session of its own, so that it finds none to ask on, with
 * an empty standard input. At its limits, and when `signal` aborts, it is ended with every process
 * that it has started and that has not left for a session of its own. When it ends by itself those are left
 * alone: a password manager's agent goes on. `quit` ends it at once.
 */
export function runChild(
  [file, ...args]: readonly [string, ...string[]],
  { timeMs, outputMax }: CommandLimits,
  { spawn: start, platform, env, folder }: ChildWorld,
  { signal, quit, onStart = () => {} }: { readonly signal: AbortSignal; readonly quit: AbortSignal; readonly onStart?: (pid: number) => void },
): Promise<CommandOutcome> {
  if (signal.aborted || quit.aborted) return Promise.resolve({ kind: 'cancelled' });
  const child = start(file, args, { env, cwd: folder, detached: platform !== 'win32', stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  if (child.pid !== undefined) onStart(child.pid);
  return new Promise((resolve) => {
    const output: Buffer[] = [];
    let size = 0;
    let errors: Buffer = Buffer.alloc(0);
    let cut: 'timed-out' | 'too-much' | 'cancelled' | null = null;
    let timer = setTimeout(() => end('timed-out'), timeMs);

    const settle = (outcome: CommandOutcome): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      quit.removeEventListener('abort', kill);
      child.stdout.destroy();
      child.stderr.destroy();
      for (const part of output) part.fill(0);
      resolve(outcome);
    };
    const kill = (): void => {
      endAll(child, 'SIGKILL', platform, start);
      settle(cut === null || cut === 'cancelled' ? { kind: 'cancelled' } : { kind: cut, ...whatItSaid(errors) });
    };
    const end = (why: NonNullable<typeof cut>): void => {
      if (cut !== null) return;
      cut = why;
      clearTimeout(timer);
      endAll(child, 'SIGTERM', platform, start);
      // Those that it started may outlive it, so its own end is not waited for alone.
      timer = setTimeout(kill, graceMs);
    };
    const cancel = (): void => end('cancelled');
    signal.addEventListener('abort', cancel, { once: true });
    quit.addEventListener('abort', kill, { once: true });

    child.once('error', (error) => settle({ kind: 'not-started', reason: systemErrorReason(error) }));
    child.stdout.on('data', (part: Buffer) => {
      size += part.length;
      if (cut === null && size <= outputMax) output.push(part);
      else end('too-much');
    });
    child.stderr.on('data', (part: Buffer) => (errors = Buffer.concat([errors, part]).subarray(-errorsMax)));
    const ended = (status: number | null): void => {
      if (cut === null) settle({ kind: 'exited', status, output: Buffer.concat(output).toString('utf8'), ...whatItSaid(errors) });
    };
    child.once('close', ended);
    child.once('exit', (status) => {
      if (cut !== null) return;
      clearTimeout(timer);
      // One that it left behind may hold its output open, which is not waited for.
      timer = setTimeout(() => ended(status), graceMs);
    });
  });
}

/** Ends the child's whole group, of which the child is the leader. */
function endAll({ pid }: ChildProcess, how: 'SIGTERM' | 'SIGKILL', platform: NodeJS.Platform, start: typeof spawn): void {
  if (pid === undefined) return;
  if (platform === 'win32') {
    start('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).once('error', () => {});
    return;
  }
  try {
    process.kill(-pid, how);
  } catch {
    // They have all ended.
  }
}

function whatItSaid(errors: Buffer): { readonly lastLine: string; readonly said: string } {
  const said = errors.toString('utf8').trimEnd();
  return { lastLine: said.split(/[\r\n]/).at(-1) ?? '', said };
}
