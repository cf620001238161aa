import type { GuardReport } from '../../contract/guard.ts';
import { parseRun, planRun } from '../../core/terraform/runs/run.ts';
import { isMeant } from '../../core/terraform/verdict/clearance.ts';
import { readProject, readProjectOfEither } from '../../terraform/read-project.ts';
import { callerPid } from '../process/caller.ts';
import { exitCodes } from '../process/cli-world.ts';
import { isRelayWanted } from './relay-request.ts';
import { checkText } from './support/guard-headings.ts';
import { accountsOption, directoryOf } from './support/option-values.ts';
import { jsonText } from '../texts/terminal-text.ts';
import { onlyWanted } from './support/only-wanted.ts';
import type { Call } from './support/call.ts';

/** The account guard's check alone; exits with 3 when a run would be refused where nobody can be asked. */
export async function check(call: Call): Promise<number> {
  const { invocation, world, texts, ask, fail, failUsage } = call;
  const { word: profile, options, program: args } = invocation;
  const directory = directoryOf(call, invocation.directory ?? '.');
  const accounts = accountsOption(call);
  if (!directory.ok) return failUsage(directory.error);
  if (!accounts.ok) return failUsage(accounts.error);
  const reading = await readingOf(args, world.env, directory.value ?? world.cwd);
  if (!reading.ok) return fail(reading);
  const answer = await ask('check', () => ({
    profile,
    reading: reading.value,
    relay: isRelayWanted(call),
    ...onlyWanted(call),
    ...(accounts.value === undefined ? {} : { accounts: [...accounts.value] }),
    ...callerPid(world),
  }));
  if (!answer.ok) return fail(answer);
  const { report } = answer.value;
  world.print(options.json === undefined ? checkText(report, { texts, paint: call.paint.stdout }, isMeant(report, accounts.value ?? [])) : jsonText(report));
  return wouldStart(report, accounts.value ?? []) ? exitCodes.done : exitCodes.refusedByGuard;
}

function wouldStart(report: GuardReport, accounts: readonly string[]): boolean {
  if (report.verdict === 'at-run-time') return isMeant(report, accounts);
  return report.verdict !== 'mismatch' && report.verdict !== 'unknown';
}

/** What is behind the dashes are the arguments of a plan, or the whole command line of a run: `tofu plan`, `terraform test`. */
function readingOf([program = '', ...rest]: readonly string[], env: NodeJS.ProcessEnv, cwd: string): ReturnType<typeof readProject> {
  const run = parseRun({ program, args: rest, env, cwd });
  if (run !== null && run.subcommand !== null) return readProject({ run, env, command: program });
  return readProjectOfEither({ run: planRun({ args: program === '' ? [] : [program, ...rest], env, cwd }), env });
}
