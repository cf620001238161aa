import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { constants as system } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { sessionSeconds } from '../../contract/limits.ts';
import type { ApiAnswers } from '../../contract/local-api.ts';
import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { isShellName, stepLines } from '../../core/hand-offs/launcher-lines.ts';
import { aroundMark, runMarks } from '../../core/hand-offs/run-marks.ts';
import { commandOf } from '../../core/hand-offs/program-name.ts';
import { guardedEnvironment } from '../../core/hand-offs/guarded-environment.ts';
import { guardVariables } from '../../core/hand-offs/guarded-program.ts';
import { ignoredEndpoints, pastRelay } from '../../core/relay/run-environment.ts';
import { isTerraformAlone, type TerraformRun } from '../../core/terraform/runs/run.ts';
import { systemErrorCode } from '../../core/system-error.ts';
import { callerPid } from '../process/caller.ts';
import { exitCodes, type CliWorld } from '../process/cli-world.ts';
import { guardRun, hasOwnCredentials, terraformRun, unread, type Guarded } from './guard-run.ts';
import { isForBackend, isRelayWanted, projectAround, relayRequest } from './relay-request.ts';
import { accountsOption, secondsOption } from './support/option-values.ts';
import { limitFields, type LimitFields } from './support/policy-option.ts';
import { askedHandOff } from './support/asked-hand-off.ts';
import { isStaticFor, onlyWanted } from './support/only-wanted.ts';
import { sayingWait } from './support/said-wait.ts';
import type { Call } from './support/call.ts';

/** How often a project that keeps changing is judged. */
const judgedMax = 3;

type HandOff = ApiAnswers['hand-off'];

/**
 * Runs a command with a session. Under the launcher this process only prints what that has to do, and it
 * becomes the command: signals, terminal and exit status are then the
 * command's own, with no process in between. Elsewhere this process waits for the command.
 */
export async function exec(plain: Call): Promise<number> {
  const call = { ...plain, ask: sayingWait(plain) };
  const { invocation, world, texts, forLauncher, fail, failUsage } = call;
  const { word: profile, program, options } = invocation;
  const [given, minLeft] = [accountsOption(call), secondsOption(call, 'min-left', 0, sessionSeconds.max)];
  if (!given.ok) return failUsage(given.error);
  if (!minLeft.ok) return failUsage(minLeft.error);
  const limit = limitFields(call);
  if (!limit.ok) return fail(limit);
  const [command = ''] = program;
  if (options['from-terminal'] !== undefined && !hasOwnCredentials(world, profile)) {
    return fail({ ok: false, error: appError('guard-credentials-replaced', { profile }) });
  }
  // Checked before the user is asked for a code.
  if (world.platform !== 'win32' && !isThere(command, world)) return fail({ ok: false, error: appError('command-not-found', { command }) });
  const accounts = accountsWithin(call, given.value ?? []);
  if (!accounts.ok) return fail(accounts);
  const pinned = options['no-guard'] !== undefined && given.value !== undefined ? [] : accounts.value;

  const run = options['no-guard'] === undefined ? terraformRun(call) : null;
  for (let times = 0; times < judgedMax; times += 1) {
    const guarded = await guardedRun(call, run, accounts.value);
    if (guarded.kind === 'stop') return guarded.exitCode;
    const answer = await handedOff(call, guarded, { accounts: accounts.value, run, minLeftSeconds: minLeft.value, limit: limit.value });
    if (!answer.ok) return fail(answer);
    const { accountId } = answer.value;
    if (accounts.value.length > 0 && !accounts.value.includes(accountId)) {
      const params = { profile, account: accountId, expected: accounts.value.join(', ') };
      if (answer.value.rolesOnly) world.printError(`sts-tray: ${texts.t('roles-only', params)}\n`);
      else if (!isTerraformAlone(run)) return fail({ ok: false, error: appError('account-mismatch', params) });
    }
    // With the session there, nothing is waited for any more: what is judged now is what runs.
    // The relay may have been turned off meanwhile.
    if ((guarded.needsRelay && answer.value.relayRun === null) || !(await guarded.isStill())) continue;
    const handOff = surrounded(answer.value, call, { accounts: pinned, isGuarded: guarded.handOff.guards === true });
    return forLauncher ? printForLauncher(handOff, call) : await runHere(handOff, call);
  }
  return fail({ ok: false, error: appError('project-changing', { folder: run?.folder ?? world.cwd }) });
}

/** What is no run of Terraform may start one, which is guarded then. */
async function guardedRun(call: Call, run: TerraformRun | null, accounts: readonly string[]): Promise<Guarded> {
  if (call.invocation.options['no-guard'] !== undefined) return unread();
  const guarded = run === null ? unread({ guards: true }) : await guardRun(call, run, accounts);
  if (guarded.kind === 'stop' || guarded.judged !== null || !isRelayWanted(call) || isForBackend(run)) return guarded;
  const read = () => projectAround(call.world, run);
  const around = await read();
  return { ...guarded, around, isStill: async () => JSON.stringify(await read()) === JSON.stringify(around) };
}

/** The accounts of `--account`: those of the run around this one, also without the guard, unless some of them are chosen. Fails with `account-outside-run`. */
function accountsWithin({ world, invocation }: Call, given: readonly string[]): Result<readonly string[]> {
  // Without the guard, an account that is named is one that somebody means.
  if (invocation.options['no-guard'] !== undefined && given.length > 0) return succeeded(given);
  const around = (world.env[guardVariables.account] ?? '').split(',').filter(Boolean);
  const outside = around.length === 0 ? undefined : given.find((account) => !around.includes(account));
  if (outside !== undefined) return failed(appError('account-outside-run', { account: outside, expected: around.join(', ') }));
  return succeeded(given.length > 0 ? given : around);
}

type Wanted = {
  readonly accounts: readonly string[];
  readonly run: TerraformRun | null;
  readonly minLeftSeconds: number | undefined;
  readonly limit: LimitFields;
};

async function handedOff(
  call: Call,
  { handOff, judged, around, typed }: Extract<Guarded, { readonly kind: 'go' }>,
  { accounts, run, minLeftSeconds, limit }: Wanted,
) {
  const { invocation, world } = call;
  const relay = relayRequest(call, { accounts, typed, judged, around, run });
  // Empty when the name has only unprintable characters.
  const called = commandOf({ argv: invocation.program });
  const within = runAround(call);
  return askedHandOff(call, () => ({
    profile: invocation.word,
    credentials: isStaticFor(call) ? ('static' as const) : ('renewable' as const),
    ...onlyWanted(call),
    ...handOff,
    ...relay,
    ...limit,
    ...(within === null ? {} : { within }),
    ...(called === '' ? {} : { program: { command: called, folder: world.cwd } }),
    ...(minLeftSeconds === undefined ? {} : { minLeftSeconds }),
    ...callerPid(world),
  }));
}

/** The run around this one, which has been said to be for some accounts, perhaps; null where there is none. Without the guard nothing is held against it. */
function runAround({ world: { env }, invocation }: Call): string | null {
  return invocation.options['no-guard'] === undefined ? env[runMarks.run] || env[aroundMark] || null : null;
}

/** A hand-off with what depends on the environment that the command is started from. */
function surrounded(handOff: HandOff, call: Call, { accounts, isGuarded }: { readonly accounts: readonly string[]; readonly isGuarded: boolean }): HandOff {
  const { world, invocation } = call;
  const { guardFolder, relayRun, rolesOnly, set, unset } = handOff;
  const guard = guardedEnvironment(
    {
      profile: isGuarded ? invocation.word : null,
      accessKeyId: isStaticFor(call) || rolesOnly ? (set.find(([name]) => name === 'AWS_ACCESS_KEY_ID')?.[1] ?? null) : null,
      accounts,
    },
    { folder: guardFolder, env: world.env, delimiter },
  );
  // At the relay no endpoint is ignored, so those that would be have to go.
  const way = relayRun === null ? pastRelay(world.env) : { set: [], unset: ignoredEndpoints(world.env) };
  // The app knows what is around a run of its own.
  const around = relayRun === null ? runAround(call) : null;
  return {
    ...handOff,
    set: [...set, ...way.set, ...guard.set, ...(around === null ? [] : [[aroundMark, around] as const])],
    unset: [...unset, ...way.unset, ...guard.unset, ...(world.env[aroundMark] === undefined ? [] : [aroundMark])],
  };
}

function printForLauncher({ set, unset, runFifo }: HandOff, { invocation, world, printScript, fail }: Call): number {
  const lines = stepLines({ set, unset, hold: runFifo, become: invocation.programAt, lost: !Object.keys(world.env).every(isShellName) });
  if (!lines.ok) return fail(lines);
  printScript(lines.value);
  return exitCodes.done;
}

async function runHere({ set, unset, relayRun }: HandOff, { invocation: { program }, world, texts, fail, holdRun }: Call): Promise<number> {
  const [command = '', ...args] = program;
  const env: NodeJS.ProcessEnv = { ...world.env };
  for (const name of unset) delete env[name];
  for (const [name, value] of set) env[name] = value;
  const held = relayRun === null ? null : holdRun(relayRun);
  const exitCode = await new Promise<number>((ended) => {
    const child = spawn(command, args, { stdio: 'inherit', env });
    child.on('error', (error) => {
      const failure = fail({ ok: false, error: appError('command-not-found', { command }) });
      ended(systemErrorCode(error) === 'EACCES' ? exitCodes.notExecutable : failure);
    });
    // A shell reports a signal in the same way.
    child.on('exit', (status, signal) => ended(status ?? 128 + (signal === null ? 0 : system.signals[signal])));
  });
  if (held?.isLost()) world.printError(`sts-tray: ${texts.t('relay-lost')}\n`);
  held?.release();
  return exitCode;
}

/** Whether a shell would find something to run; if the user may not run it, the shell says so. */
function isThere(command: string, { cwd, env }: CliWorld): boolean {
  if (command.includes('/')) return isFile(join(command.startsWith('/') ? '/' : cwd, command));
  // A folder of PATH may be relative, and this process in another one than the command will be.
  return (env['PATH'] ?? '').split(delimiter).some((folder) => isRunnable(join(resolve(cwd, folder), command)));
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    return systemErrorCode(error) === 'EACCES';
  }
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
