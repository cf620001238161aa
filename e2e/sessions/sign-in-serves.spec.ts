import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { AppRig } from '../../testing/app/app-rig.ts';
import { PersonInChromium } from '../../testing/app/person-in-chromium.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { writeCliConfig } from '../../testing/terraform/cli-config.ts';

// What somebody who signed in with the browser can do with it at the command line, by both ways of signing in.

test.describe.configure({ mode: 'serial' });

const missing = [...['terraform', 'chromium'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let rig: AppRig;
let person: PersonInChromium;
let env: Record<string, string>;
let folder: string;

test.beforeAll(async () => {
  rig = await AppRig.start();
  person = await PersonInChromium.start(join(rig.home, 'browser'));
  const { alice, startUrl, accounts } = rig.aws;
  const entries = [
    `[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = us-east-1\n`,
    '[profile dev]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = AdministratorAccess\nregion = us-east-1\n',
    `[profile sandbox]\nlogin_session = ${alice.arn}\nregion = us-east-1\n`,
  ];
  await writeFile(rig.awsFiles.config, entries.join('\n'), { mode: 0o600 });
  env = { ...writeCliConfig(rig.home), TF_IN_AUTOMATION: '1' };
  folder = join(rig.home, 'assumes');
  await mkdir(folder);
  const role = (arn: string) => `provider "aws" {\n  region = "us-east-1"\n  assume_role {\n    role_arn = "${arn}"\n  }\n}\n`;
  await writeFile(
    join(folder, 'main.tf'),
    `${role(accounts.b.deployRoleArn)}data "aws_caller_identity" "me" {}\noutput "account" {\n  value = data.aws_caller_identity.me.account_id\n}\n`,
  );
  await rig.startApp({ env: { PATH: person.path(process.env['PATH']) } });
});
test.afterAll(async () => {
  await person.close();
  await rig.close();
});

const run = (...args: string[]) => runStsTray(rig, args, { cwd: folder, env });
const users = { dev: () => 'sato', sandbox: () => rig.aws.alice.arn } as const;

for (const profile of ['dev', 'sandbox'] as const) {
  test(`the guard judges a role that ${profile} assumes, and terraform plans in its account`, async () => {
    test.slow();
    const checked = run('check', profile, folder, '--account', '222222222222');
    await person.answers(users[profile]());
    expect([(await checked).exitCode, (await checked).stdout]).toEqual([0, expect.stringContaining('2222-2222-2222')]);
    expect((await run('exec', profile, '--', 'terraform', 'init', '-no-color')).exitCode).toBe(0);
    const planned = await run('exec', profile, '--account', '222222222222', '--', 'terraform', 'plan', '-no-color');
    expect([planned.exitCode, planned.stderr, planned.stdout]).toEqual([0, expect.anything(), expect.stringContaining('account = "222222222222"')]);
    const elsewhere = await run('exec', profile, '--account', '333333333333', '--', 'terraform', 'plan', '-no-color');
    expect([elsewhere.exitCode, elsewhere.stdout]).toEqual([3, expect.not.stringContaining('account =')]);
    expect(elsewhere.stderr).toContain('333333333333'.replace(/(\d{4})(?=\d)/g, '$1-'));
  });

  test(`a program gets the variables of ${profile}, and the history and the status have it`, async () => {
    const exported = await run('exec', profile, '--', 'sh', '-c', 'echo "$AWS_PROFILE"');
    expect(exported.exitCode).toBe(0);
    expect((await run('export', profile)).stdout).toContain('AWS_SESSION_TOKEN');
    const sessions = JSON.parse((await run('status', '--json')).stdout) as { profile: string; accountId: string; kind: string }[];
    expect(sessions.find((session) => session.profile === profile)).toMatchObject({ accountId: '111111111111', kind: profile === 'dev' ? 'role' : 'base' });
    expect((await run('history')).stdout).toContain('terraform plan');
    expect((await run('activity', profile)).exitCode).toBe(0);
  });
}

test('the command line says of a permission set what can be done in place of a revocation, and of session policies', async () => {
  const revoked = await run('revoke', 'dev', '--dry-run');
  expect([revoked.exitCode, revoked.stderr]).toEqual([1, expect.stringContaining('permission set AdministratorAccess in account 111111111111')]);
  const limited = await run('exec', 'dev', '--policy', 'read-only', '--', 'true');
  expect([limited.exitCode, limited.stderr]).toEqual([1, expect.stringContaining('STS takes policies only where a role is assumed')]);
  expect((await run('revoke', 'sandbox', '--dry-run')).stdout).toContain('aws:TokenIssueTime');
});
