import { describe, expect, it } from 'vitest';
import { guardCases, type GuardCase } from '../../testing/terraform/guard-cases.ts';
import { judged } from '../../testing/terraform/judged.ts';
import { parseRun } from '../core/terraform/runs/run.ts';
import { clearance } from '../core/terraform/verdict/clearance.ts';
import { readProject } from './read-project.ts';

/** What `exec` makes of a case at the relay, by reading alone, where nobody can be asked. */
async function outcomeOf({ folder, args, env }: GuardCase) {
  const run = parseRun({ program: 'terraform', args, env, cwd: folder });
  if (run === null) throw new Error('not a run of Terraform');
  const reading = await readProject({ run, env: { PATH: process.env['PATH'], ...env }, command: 'terraform' });
  if (!reading.ok) throw new Error(JSON.stringify(reading.error));
  const report = judged(reading.value, { relayed: true });
  const { kind } = clearance(report, { changes: run.changes, accounts: [], interactive: false });
  const accounts = report.rows.flatMap(({ verdict, account }) => (verdict === 'match' || verdict === 'unstated' ? (account?.accountId ?? []) : []));
  return { verdict: report.verdict, status: kind === 'refuse' ? 3 : 0, accounts: [...new Set(accounts)].toSorted() };
}

const cases = guardCases();
const named = (each: GuardCase) => [each.name, each] as const;
const goOn = cases.filter(({ status, refusal }) => status === 0 || refusal !== null);
const stop = cases.filter((each) => !goOn.includes(each));

describe('by reading', () => {
  it.each(goOn.map(named))('case %s: the run may go on, and deploys to the accounts that are meant', async (_name, given) => {
    expect(await outcomeOf(given)).toEqual({ verdict: given.verdict, status: 0, accounts: given.accounts });
  });

  it.each(stop.map(named))('case %s: the run is stopped', async (_name, given) => {
    expect(await outcomeOf(given)).toMatchObject({ verdict: given.verdict, status: 3 });
  });
});
