import { basename } from 'node:path';
import type { AppError } from '../../contract/app-error.ts';
import type { ProjectReading } from '../../contract/terraform-project.ts';
import type { GuardReport, ReachedAccount, Verdict } from '../../contract/guard.ts';
import type { ApiAnswers, ApiRequest } from '../../contract/local-api.ts';
import { appError } from '../../core/errors.ts';
import { oneLine } from '../../core/printable.ts';
import { guardVariables } from '../../core/hand-offs/guarded-program.ts';
import { clearance, type Clearance } from '../../core/terraform/verdict/clearance.ts';
import { isTerraformAlone, parseRun, type TerraformRun } from '../../core/terraform/runs/run.ts';
import { readProject } from '../../terraform/read-project.ts';
import { callerPid } from '../process/caller.ts';
import { commandOf } from '../../core/hand-offs/program-name.ts';
import { runText } from './support/guard-headings.ts';
import { isRelayWanted, type JudgedProject } from './relay-request.ts';
import { matchLines } from './support/match-lines.ts';
import { isStaticFor, onlyWanted } from './support/only-wanted.ts';
import type { Call } from './support/call.ts';

/** What the guard decided on a command: it goes on, with what its hand-off needs; or it stops, and the user has been told why. */
export type Guarded =
  | {
      readonly kind: 'go';
      readonly handOff: Pick<ApiRequest<'hand-off'>, 'run' | 'guards'>;
      /** Null where there was nothing to judge. */
      readonly judged: JudgedProject | null;
      /** The project of the folder that the command starts in, for the relay; null where it was judged, or cannot be read. */
      readonly around: ProjectReading | null;
      /** The IDs of production accounts whose names, or without one IDs, the user typed. */
      readonly typed: readonly string[];
      /** Whether the command may only start at the relay, which has to decide what reading could not. */
      readonly needsRelay: boolean;
      /** Whether the project still says what was judged: minutes may have passed, at the prompt for a code among others. */
      readonly isStill: () => Promise<boolean>;
    }
  | { readonly kind: 'stop'; readonly exitCode: number };

/** For a command whose project is not looked at. */
export function unread(handOff: Pick<ApiRequest<'hand-off'>, 'run' | 'guards'> = {}): Extract<Guarded, { readonly kind: 'go' }> {
  return { kind: 'go', handOff, judged: null, around: null, typed: [], needsRelay: false, isStill: async () => true };
}

/** The run of Terraform that a command is; null for any other command. */
export function terraformRun({ world, invocation }: Call): TerraformRun | null {
  const [program = '', ...args] = invocation.program;
  return parseRun({ program: basename(program).replace(/\.exe$/i, ''), args, env: world.env, cwd: world.cwd });
}

/** Has the account guard check the project of a run, and asks the user when the guard cannot decide. */
export async function guardRun(call: Call, run: TerraformRun, accounts: readonly string[]): Promise<Guarded> {
  const { invocation, ask, fail } = call;
  const { word: profile, program } = invocation;
  // Terragrunt finds a guarded Terraform. Of other runs the guard looks at some.
  if (!isTerraformAlone(run) || !run.guarded) return unread({ guards: true });
  const kind = run.subcommand === 'apply' || run.subcommand === 'destroy' ? run.subcommand : undefined;
  // Terraform itself says what a saved plan holds.
  if (run.planFile !== null) call.world.host?.needsOwnProcess();
  const read = () => readProject({ run, env: call.world.env, command: program[0] ?? run.program });
  const reading = await read();
  if (!reading.ok) return stop(fail(reading));
  const answer = await ask('check', () => ({
    profile,
    reading: reading.value,
    relay: isRelayWanted(call),
    ...(isStaticFor(call) ? { only: true as const } : onlyWanted(call)),
    ...(accounts.length === 0 ? {} : { accounts: [...accounts] }),
    ...(kind === undefined ? {} : { run: kind }),
    ...callerPid(call.world),
  }));
  if (!answer.ok) return stop(fail(answer));
  const { report, shortRunway } = answer.value;
  const cleared = await clear(call, report, clearance(report, { changes: run.changes, accounts, interactive: call.world.interactive }));
  if (typeof cleared === 'number') return stop(cleared);
  const late = shortRunway === null ? null : await renewFirst(call, shortRunway, run.subcommand ?? '');
  if (late !== null) return stop(late);
  const { folder, workspace } = reading.value;
  return {
    kind: 'go',
    handOff: kind === undefined ? {} : { run: { folder, workspace, kind } },
    judged: { reading: reading.value, report },
    around: null,
    typed: cleared,
    needsRelay: report.verdict === 'at-run-time',
    isStill: async () => JSON.stringify(await read()) === JSON.stringify(reading),
  };
}

/** Whether the terminal still has the credentials that it was opened with. */
export function hasOwnCredentials({ env }: Call['world'], profile: string): boolean {
  const given = env[guardVariables.accessKeyId];
  if (given !== undefined) return env['AWS_ACCESS_KEY_ID'] === given;
  return env['AWS_PROFILE'] === profile && !env['AWS_ACCESS_KEY_ID'];
}

/** The accounts whose names or IDs were typed, to go on; else the exit code of the failure that was printed. */
async function clear(call: Call, report: GuardReport, needed: Clearance): Promise<number | readonly string[]> {
  const { world, texts } = call;
  const { t } = texts;
  const look = { texts, paint: call.paint.stderr };
  if (needed.kind === 'go' || needed.kind === 'at-run-time') {
    // Where no provider could be read, nothing else would be said.
    world.printError(report.rows.length > 0 || needed.kind === 'go' ? matchLines(report, look) : `sts-tray: ${t('guard-at-run-time')}\n`);
    return [];
  }
  world.printError(runText(report, { needed, command: commandOf({ argv: call.invocation.program }) }, look));
  const refuse = (error: AppError): number => call.fail({ ok: false, error });
  switch (needed.kind) {
    case 'warn':
      return [];
    case 'refuse':
      if (needed.why === 'nothing-meant') return refuse(appError('guard-nothing-meant'));
      if (needed.why === 'production') return refuse(appError('guard-account-not-given', { account: idsOf(needed.accounts) }));
      return refuse(appError('guard-refused'));
    case 'type-accounts': {
      const bound = needed.learn ? accountsToBind(report) : [];
      for (const { accountId, name } of needed.accounts.filter((account) => !bound.includes(account.accountId))) {
        // Where the account has a name: digits are copied from the line above without being read.
        const wanted = oneLine(name ?? '').trim() || accountId;
        world.printError(t('guard-type', { wanted }));
        if (world.readLine().trim() !== wanted) return refuse(appError('guard-account-not-typed', { account: wanted }));
      }
      return (needed.learn ? await bind(call, report) : null) ?? needed.accounts.map(({ accountId }) => accountId);
    }
    case 'confirm': {
      if (needed.learn) return (await bind(call, report)) ?? [];
      world.printError(t('guard-confirm-unknown'));
      return world.readLine().trim().toLowerCase() === 'yes' ? [] : refuse(appError('guard-not-confirmed'));
    }
  }
}

/** As `--account` takes them. */
function idsOf(accounts: readonly ReachedAccount[]): string {
  return accounts.map(({ accountId }) => accountId).join(',');
}

/**
 * Binds the folder to all that it is known to reach. That outlives the run, so the app asks for it in its own
 * window, about production accounts with their names typed: a second question here would be one too many.
 */
async function bind({ ask, fail, world, texts }: Call, report: GuardReport): Promise<number | null> {
  const { profile, folder, workspace } = report;
  const accounts = reaching(report, ['unstated']).join(', ');
  world.printError(`${texts.t('guard-confirm-unstated', { accounts, folder })}\n`);
  const bound = await ask('bind', () => ({ profile, folder, workspace, accountIds: [...accountsToBind(report)], ...callerPid(world) }));
  if (bound.ok) return null;
  const isNoAnswer = bound.error.code === 'action-refused' || bound.error.code === 'action-unanswered';
  return fail(isNoAnswer ? { ok: false, error: appError('guard-not-confirmed') } : bound);
}

/** An account outside of a binding is asked about, whatever the files say. */
function accountsToBind(report: GuardReport): readonly string[] {
  return [...new Set([...report.boundTo, ...reaching(report, ['match', 'unstated'])])];
}

function reaching({ rows }: GuardReport, verdicts: readonly Verdict[]): readonly string[] {
  return [...new Set(rows.flatMap(({ verdict, account }) => (verdicts.includes(verdict) && account !== null ? [account.accountId] : [])))];
}

async function renewFirst(call: Call, runway: NonNullable<ApiAnswers['check']['shortRunway']>, kind: string): Promise<number | null> {
  const { world, texts, ask, fail } = call;
  const { profile, leftSeconds, longestRunSeconds } = runway;
  const params = { kind, profile, longest: texts.duration(longestRunSeconds * 1000), left: texts.duration(leftSeconds * 1000) };
  world.printError(`sts-tray: ${texts.t('guard-runway', params)}\n`);
  const renewed = await ask('login', () => ({ profile, ...callerPid(world) }));
  return renewed.ok ? null : fail(renewed);
}

function stop(exitCode: number): Guarded {
  return { kind: 'stop', exitCode };
}
