import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { answerQuestion } from '../../testing/app/answer-question.ts';
import { AppRig } from '../../testing/app/app-rig.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { login } from '../../testing/app/sessions.ts';
import { runAtTerminal, runStsTray } from '../../testing/app/sts-tray.ts';
import { clientEnv } from '../../testing/aws/clients/client-env.ts';
import { assumeRole } from '../../testing/aws/clients/sdk-session.ts';
import { timePasses } from '../../testing/processes/deadline.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { runProgram } from '../../testing/processes/run-program.ts';
import { writeInHouseConfig, type TerraformEnv } from '../../testing/terraform/cli-config.ts';
import { copyGuardCase } from '../../testing/terraform/guard-case-copies.ts';
import { guardCases, type GuardCase } from '../../testing/terraform/guard-cases.ts';
import { findProviderMirror } from '../../testing/terraform/provider-mirror.ts';
import { unframed } from '../../testing/terraform/unframed.ts';

// The cases of the account guard with the real Terraform, at an AWS where a wrong role really leads to a wrong account.

test.describe.configure({ mode: 'serial' });

// One that goes on, one that is stopped by reading, and one that is left to the relay. GUARD_CASES=all runs every
// case, and names with commas between them run those.
const sample = '01-article-strcontains,02-id-attribute-wrong-role,19-must-differ-covered-by-other-name';
const chosen = (process.env['GUARD_CASES'] ?? sample).split(',');
const cases = guardCases().filter(({ name }) => chosen.includes('all') || chosen.includes(name));

const mirror = findProviderMirror();
const missing = [
  ...['terraform', 'aws', 'script'].filter((program) => findProgram(program) === null),
  ...(mirror === null ? ['a mirror of the AWS provider'] : []),
  ...missingPrograms().map(({ program }) => program),
];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

const accounts = ['111111111111', '222222222222', '333333333333', '444444444444'];
const openRoles = accounts.flatMap((account) => ['deploy', 'admin', 'hub', 'state'].map((name) => `arn:aws:iam::${account}:role/${name}`));

let rig: AppRig;
let app: RunningApp;
let env: TerraformEnv & Record<string, string>;
let copied: (given: GuardCase) => ReturnType<typeof copyGuardCase>;

test.beforeAll(async () => {
  if (mirror === null) return;
  // A few cases ask EC2, which moto answers.
  rig = await AppRig.start({ aws: { openRoles, ...(chosen.includes('all') && { moto: 'when-installed' }) } });
  // Before a run, AWS is asked only about accounts that the user has to do with.
  const profiles = accounts.map((account) => `[profile in-${account}]\nrole_arn = arn:aws:iam::${account}:role/deploy\nsource_profile = default\n`);
  await rig.configureAws({ config: profiles.join('') });
  env = {
    ...writeInHouseConfig(rig.home, mirror, ['registry.example.com/hashicorp/aws', 'registry.example.com/mirror/aws']),
    TF_IN_AUTOMATION: '1',
    AWS_REGION: rig.aws.region,
  };
  const alice = { ...clientEnv(rig.aws, rig.aws.alice), ...env };
  const run = async (cwd: string, ...args: readonly string[]) => {
    const ran = await runProgram('terraform', [...args, '-no-color'], { cwd, env: alice });
    expect([ran.exitCode, ran.stderr]).toEqual([0, '']);
  };
  copied = (given) => copyGuardCase(given, join(rig.home, 'cases'), { env, run });
  const inStates = clientEnv(rig.aws, await assumeRole(rig.aws, rig.aws.alice, 'arn:aws:iam::444444444444:role/state'));
  expect(await runProgram('aws', ['s3api', 'create-bucket', '--bucket', 'state'], { env: inStates })).toMatchObject({ exitCode: 0 });
  app = await rig.startApp({ env });
  await login(rig, 'default');
});
test.afterAll(async () => {
  if (mirror !== null) await rig.close();
});

/** Waits for a run, and presses a button of each question that it raises meanwhile. */
async function answering<T>(button: string, run: Promise<T>): Promise<{ readonly ran: T; readonly asked: number }> {
  let asked = 0;
  const isOver = () => Promise.race([run.then(() => true), timePasses(100).then(() => false)]);
  while (!(await isOver())) {
    if (!app.openViews().includes('question')) continue;
    asked += 1;
    await answerQuestion(app, button);
  }
  return { ran: await run, asked };
}

const commandOf = ({ args }: GuardCase) => ['exec', 'default', '--', 'terraform', ...args, '-no-color'];

/** The accounts in which something was created, changed or deleted since a call, apart from the states of projects. */
function changedSince(first: number): readonly string[] {
  const changes = rig.aws.calls
    .slice(first)
    .filter(({ service, action, outcome }) => outcome === 'Success' && service !== 'sts' && /^(?:Put|Create|Delete|PUT|POST|DELETE)/.test(action))
    .filter(({ action }) => !action.startsWith('PUT /state/'));
  return [...new Set(changes.map(({ accountId }) => accountId ?? 'nobody'))].toSorted();
}

for (const given of cases) {
  const { name, status, verdict, refusal } = given;
  const run = (project: string) => runStsTray(rig, commandOf(given), { cwd: project, env: { ...env, ...given.env } });

  if (refusal !== null) {
    test(`case ${name}: the run is left to Terraform, which refuses the project itself`, async () => {
      const { project } = await copied(given);
      const first = rig.aws.calls.length;
      const { exitCode, stderr } = await run(project);
      expect([exitCode, unframed(stderr)]).toEqual([1, expect.stringContaining(refusal)]);
      expect(changedSince(first)).toEqual([]);
    });
  } else if (status === 0) {
    test(`case ${name}: the run deploys to the accounts that are meant, and nothing changes in another one`, async () => {
      const { project, hasResources } = await copied(given);
      const first = rig.aws.calls.length;
      const { ran, asked } = await answering('Allow for this run', run(project));
      expect([ran.exitCode, unframed(ran.stderr)]).toEqual([0, expect.anything()]);
      expect(changedSince(first)).toEqual(hasResources ? given.accounts : []);
      expect(asked).toBe(verdict === 'unstated' ? 1 : 0);
    });
  } else {
    test(`case ${name}: the run is stopped${verdict === 'at-run-time' ? ', at a terminal too,' : ','} and nothing changes in any account`, async () => {
      const { project } = await copied(given);
      const first = rig.aws.calls.length;
      const { exitCode, stderr } = await run(project);
      expect([exitCode, unframed(stderr)]).toEqual([3, expect.stringMatching(/nothing was run/i)]);
      if (verdict === 'at-run-time') await refusedAtTerminal(given, project);
      expect(changedSince(first)).toEqual([]);
    });
  }
}

/** At a terminal the same run starts, and the relay asks; without its modules Terraform does not begin. */
async function refusedAtTerminal(given: GuardCase, project: string): Promise<void> {
  const run = runAtTerminal(rig, commandOf(given), { cwd: project, env: { ...env, ...given.env }, answer: 'no' });
  const { ran } = await answering('Refuse', run);
  expect([ran.exitCode, unframed(ran.output)]).toEqual([1, expect.stringMatching(/was refused for this run|Module not installed/)]);
}
