import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { constants as system } from 'node:os';
import { delimiter, join } from 'node:path';
import { sessionSecondsMax } from '../contract/settings.ts';
import type { ApiAnswers } from '../contract/local-api.ts';
import { appError } from '../core/errors.ts';
import { exportText } from '../core/exports.ts';
import { callerPid } from './caller.ts';
import { exitCodes, type CliWorld } from './cli-world.ts';
import { accountOption, secondsOption } from './option-values.ts';
import type { Call } from './call.ts';

type HandOff = ApiAnswers['hand-off'];

/**
 * Runs a command with a session. Under the launcher this process only prints what a POSIX shell has
 * to do, and the launcher becomes the command: signals, terminal and exit status are then the
 * command's own, with no process in between. Elsewhere this process waits for the command.
 */
export async function exec(call: Call): Promise<number> {
  const { invocation, world, forLauncher, ask, fail, failUsage } = call;
  const { word: profile, program, options } = invocation;
  const [account, minLeft] = [accountOption(call), secondsOption(call, 'min-left', 0, sessionSecondsMax)];
  if (!account.ok) return failUsage(account.error);
  if (!minLeft.ok) return failUsage(minLeft.error);
  const [command = ''] = program;
  // Before anybody is asked for a code.
  if (world.platform !== 'win32' && !isThere(command, world)) return fail({ ok: false, error: appError('command-not-found', { command }) });

  const answer = await ask('hand-off', () => ({
    profile,
    credentials: options.static === undefined ? ('renewable' as const) : ('static' as const),
    ...(minLeft.value === undefined ? {} : { minLeftSeconds: minLeft.value }),
    ...callerPid(world),
  }));
  if (!answer.ok) return fail(answer);
  const { accountId } = answer.value;
  if (account.value !== undefined && account.value !== accountId) {
    return fail({ ok: false, error: appError('account-mismatch', { profile, account: accountId, expected: account.value }) });
  }
  return forLauncher ? printForLauncher(answer.value, call) : await run(answer.value, call);
}

function printForLauncher({ set, unset }: HandOff, { invocation, world, fail }: Call): number {
  const text = exportText('bash', set);
  if (!text.ok) return fail(text);
  const unsetLine = unset.length === 0 ? '' : `unset ${unset.join(' ')}\n`;
  world.print(`${unsetLine}${text.value}shift ${invocation.programAt}\n`);
  return exitCodes.done;
}

async function run({ set, unset }: HandOff, { invocation: { program }, world, fail }: Call): Promise<number> {
  const [command = '', ...args] = program;
  const env: NodeJS.ProcessEnv = { ...world.env };
  for (const name of unset) delete env[name];
  for (const [name, value] of set) env[name] = value;
  return await new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', env });
    child.on('error', (error: NodeJS.ErrnoException) => {
      const failure = fail({ ok: false, error: appError('command-not-found', { command }) });
      resolve(error.code === 'EACCES' ? exitCodes.notExecutable : failure);
    });
    // A shell tells a signal like this too.
    child.on('exit', (status, signal) => resolve(status ?? 128 + (signal === null ? 0 : system.signals[signal])));
  });
}

/** Whether a shell would find something to run; that it may not be run is the shell's to say. */
function isThere(command: string, { cwd, env }: CliWorld): boolean {
  if (command.includes('/')) return statSync(join(command.startsWith('/') ? '/' : cwd, command), { throwIfNoEntry: false }) !== undefined;
  return (env['PATH'] ?? '').split(delimiter).some((folder) => isRunnable(join(folder || cwd, command)));
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
