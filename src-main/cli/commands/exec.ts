import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { constants as system } from 'node:os';
import { delimiter, join } from 'node:path';
import { sessionSeconds } from '../../contract/limits.ts';
import type { ApiAnswers } from '../../contract/local-api.ts';
import { appError } from '../../core/errors.ts';
import { exportText, quotePosix } from '../../core/hand-offs/exports.ts';
import { commandOf } from '../../core/hand-offs/program-name.ts';
import { ignoredEndpoints } from '../../core/relay/run-environment.ts';
import { guardVariables } from '../../core/hand-offs/guarded-program.ts';
import { systemErrorCode } from '../../core/system-error.ts';
import { callerPid } from '../process/caller.ts';
import { exitCodes, type CliWorld } from '../process/cli-world.ts';
import { guardRun, hasOwnCredentials, terraformRun, unread, type Guarded } from './guard-run.ts';
import { relayRequest } from './relay-request.ts';
import { accountsOption, secondsOption } from './support/option-values.ts';
import type { Call } from './support/call.ts';

/** How often a project that keeps changing is judged. */
const judgedMax = 3;

type HandOff = ApiAnswers['hand-off'];

type GuardedHandOff = {
  readonly profile: string;
  readonly accounts: readonly string[] | undefined;
  readonly isStatic: boolean;
  readonly world: CliWorld;
};

/**
 * Runs a command with a session. Under the launcher this process only prints what a POSIX shell has
 * to do, and the launcher becomes the command: signals, terminal and exit status are then the
 * command's own, with no process in between. Elsewhere this process waits for the command.
 */
export async function exec(call: Call): Promise<number> {
  const { invocation, world, forLauncher, fail, failUsage } = call;
  const { word: profile, program, options } = invocation;
  const [accounts, minLeft] = [accountsOption(call), secondsOption(call, 'min-left', 0, sessionSeconds.max)];
  if (!accounts.ok) return failUsage(accounts.error);
  if (!minLeft.ok) return failUsage(minLeft.error);
  const [command = ''] = program;
  if (options['from-terminal'] !== undefined && !hasOwnCredentials(world, profile)) {
    return fail({ ok: false, error: appError('guard-credentials-replaced', { profile }) });
  }
  // Checked before the user is asked for a code.
  if (world.platform !== 'win32' && !isThere(command, world)) return fail({ ok: false, error: appError('command-not-found', { command }) });

  const run = options['no-guard'] === undefined ? terraformRun(call) : null;
  for (let times = 0; times < judgedMax; times += 1) {
    const guarded = run === null ? unread() : await guardRun(call, run, accounts.value ?? []);
    if (guarded.kind === 'stop') return guarded.exitCode;
    const answer = await handedOff(call, guarded, { accounts: accounts.value ?? [], minLeftSeconds: minLeft.value });
    if (!answer.ok) return fail(answer);
    const { accountId } = answer.value;
    if (run === null && accounts.value !== undefined && !accounts.value.includes(accountId) && !isRelayedHub(answer.value)) {
      return fail({ ok: false, error: appError('account-mismatch', { profile, account: accountId, expected: accounts.value.join(', ') }) });
    }
    // With the session there, nothing is waited for any more: what is judged now is what runs.
    if (!(await guarded.isStill())) continue;
    const handOff = withGuards(withoutIgnored(answer.value, world), { profile, accounts: accounts.value, isStatic: isStaticFor(call), world });
    return forLauncher ? printForLauncher(handOff, call) : await runHere(handOff, call);
  }
  return fail({ ok: false, error: appError('project-changing', { folder: run?.folder ?? world.cwd }) });
}

function isStaticFor({ world, invocation: { options } }: Call): boolean {
  const keepsStatic = options['from-terminal'] !== undefined && world.env[guardVariables.accessKeyId] !== undefined;
  return options.static !== undefined || keepsStatic;
}

type Wanted = { readonly accounts: readonly string[]; readonly minLeftSeconds: number | undefined };

async function handedOff(call: Call, { handOff, reading }: Extract<Guarded, { readonly kind: 'go' }>, { accounts, minLeftSeconds }: Wanted) {
  const { invocation, world, ask } = call;
  const relay = await relayRequest(call, { accounts, reading });
  // Empty when the name has only unprintable characters.
  const called = commandOf({ argv: invocation.program });
  return ask('hand-off', () => ({
    profile: invocation.word,
    credentials: isStaticFor(call) ? ('static' as const) : ('renewable' as const),
    ...handOff,
    ...relay,
    ...(called === '' ? {} : { program: { command: called, folder: world.cwd } }),
    ...(minLeftSeconds === undefined ? {} : { minLeftSeconds }),
    ...callerPid(world),
  }));
}

/**
 * Whether a command may get the session of another account than it is meant for: the guard has checked
 * which accounts Terraform reaches, and of other commands the relay sees the roles that they assume from
 * a base session. A role session already is where it shall go.
 */
function isRelayedHub({ kind, relayRun }: HandOff): boolean {
  return kind === 'base' && relayRun !== null;
}

/** At the relay no endpoint is ignored, so those that would be have to go. */
function withoutIgnored(handOff: HandOff, { env }: CliWorld): HandOff {
  return handOff.relayRun === null ? handOff : { ...handOff, unset: [...handOff.unset, ...ignoredEndpoints(env)] };
}

/** Adds what a command that starts Terraform itself needs to find a guarded one; for any other command the guard is done. */
function withGuards(handOff: HandOff, { profile, accounts, isStatic, world }: GuardedHandOff): HandOff {
  const { guardFolder, set } = handOff;
  // A guarded program in PATH has nothing more to check.
  if (guardFolder === null) return world.env[guardVariables.profile] ? { ...handOff, set: [...set, [guardVariables.profile, '']] } : handOff;
  const accessKeyId = set.find(([name]) => name === 'AWS_ACCESS_KEY_ID')?.[1];
  const path = world.env['PATH'];
  return {
    ...handOff,
    set: [
      ...set,
      ['PATH', path ? `${guardFolder}${delimiter}${path}` : guardFolder],
      [guardVariables.profile, profile],
      ...(isStatic && accessKeyId !== undefined ? [[guardVariables.accessKeyId, accessKeyId] as const] : []),
      ...(accounts === undefined ? [] : [[guardVariables.account, accounts.join(',')] as const]),
    ],
  };
}

function printForLauncher({ set, unset, runFifo }: HandOff, { invocation, printScript, fail }: Call): number {
  const text = exportText('bash', set);
  if (!text.ok) return fail(text);
  const unsetLine = unset.length === 0 ? '' : `unset ${unset.join(' ')}\n`;
  printScript(`${unsetLine}${text.value}${runFifo === null ? '' : holdOpen(runFifo)}shift ${invocation.programAt}\n`);
  return exitCodes.done;
}

/**
 * The command inherits descriptor 9, so the app sees when the command ends. A descriptor 9 that is
 * already in use stays as it is. The test for that uses `true`, because a special builtin such as `:`
 * would end the shell when the descriptor is not in use.
 */
function holdOpen(fifo: string): string {
  return `if [ -p ${quotePosix(fifo)} ] && ! { true >&9; } 2>/dev/null; then exec 9<>${quotePosix(fifo)}; fi\n`;
}

async function runHere({ set, unset, relayRun }: HandOff, { invocation: { program }, world, texts, fail, holdRun }: Call): Promise<number> {
  const [command = '', ...args] = program;
  const env: NodeJS.ProcessEnv = { ...world.env };
  for (const name of unset) delete env[name];
  for (const [name, value] of set) env[name] = value;
  const held = relayRun === null ? null : holdRun(relayRun);
  const exitCode = await new Promise<number>((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', env });
    child.on('error', (error) => {
      const failure = fail({ ok: false, error: appError('command-not-found', { command }) });
      resolve(systemErrorCode(error) === 'EACCES' ? exitCodes.notExecutable : failure);
    });
    // A shell reports a signal in the same way.
    child.on('exit', (status, signal) => resolve(status ?? 128 + (signal === null ? 0 : system.signals[signal])));
  });
  if (held?.isLost()) world.printError(`sts-tray: ${texts.t('relay-lost')}\n`);
  held?.release();
  return exitCode;
}

/** Whether a shell would find something to run; if the user may not run it, the shell says so. */
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
