import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { AppRig } from '../../testing/app/app-rig.ts';
import { PersonInChromium } from '../../testing/app/person-in-chromium.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { bucketsIn } from '../../testing/aws/clients/buckets.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { writeCliConfig, type TerraformEnv } from '../../testing/terraform/cli-config.ts';

// One run of the real Terraform lasts longer than what a sign-in with the browser gave it at first.

test.describe.configure({ mode: 'serial' });

const missing = [...['terraform', 'aws', 'chromium'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

/** What the local AWS gives lasts this long, in seconds, and so does the wait before each bucket but the first. */
const lifeSeconds = 12;
const lives = 4;

let rig: AppRig;
let person: PersonInChromium;
let env: TerraformEnv & Record<string, string>;

test.beforeAll(async () => {
  rig = await AppRig.start();
  rig.aws.identityCenter.lives.accessToken = lifeSeconds;
  rig.aws.identityCenter.lives.roleCredentials = lifeSeconds;
  rig.aws.awsLogin.lives.credentials = lifeSeconds;
  person = await PersonInChromium.start(join(rig.home, 'browser'));
  const entries = [
    `[sso-session corp]\nsso_start_url = ${rig.aws.startUrl}\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n`,
    '[profile dev]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = AdministratorAccess\nregion = us-east-1\n',
    `[profile sandbox]\nlogin_session = ${rig.aws.alice.arn}\nregion = us-east-1\n`,
  ];
  await writeFile(rig.awsFiles.config, entries.join('\n'), { mode: 0o600 });
  env = { ...writeCliConfig(rig.home), TF_IN_AUTOMATION: '1' };
  await rig.startApp({ env: { PATH: person.path(process.env['PATH']) } });
});
test.afterAll(async () => {
  await person.close();
  await rig.close();
});

/** Buckets one after another, with a wait that is a life long between them. */
function slowProject(profile: string): string {
  const steps = Array.from({ length: lives }, (_none, step) => {
    const bucket = `resource "aws_s3_bucket" "step_${step}" {\n  bucket = "${profile}-life-${step}"\n  depends_on = [terraform_data.wait_${step}]\n}\n`;
    const before = step === 0 ? '' : `  depends_on = [aws_s3_bucket.step_${step - 1}]\n`;
    const wait = step === 0 ? '' : `  provisioner "local-exec" {\n    command = "sleep ${lifeSeconds}"\n  }\n`;
    return `resource "terraform_data" "wait_${step}" {\n${before}${wait}}\n${bucket}`;
  });
  return `provider "aws" {\n  profile = "${profile}"\n  region = "us-east-1"\n  s3_use_path_style = true\n  allowed_account_ids = ["111111111111"]\n}\n${steps.join('')}`;
}

const ways = [
  { name: 'an access portal', profile: 'dev', user: () => 'sato', given: 'GetRoleCredentials' },
  { name: 'an AWS sign-in', profile: 'sandbox', user: () => rig.aws.alice.arn, given: 'CreateOAuth2Token' },
] as const;

for (const { name, profile, user, given } of ways) {
  test(`an apply that lasts longer than three lives of what ${name} gives ends well, after one sign-in`, async () => {
    test.slow();
    const folder = join(rig.home, profile);
    await mkdir(folder);
    await writeFile(join(folder, 'main.tf'), slowProject(profile));
    const terraform = (...args: string[]) => runStsTray(rig, ['exec', profile, '--', 'terraform', ...args, '-no-color'], { cwd: folder, env });
    const before = (await person.addresses()).length;
    const ready = terraform('init');
    await person.answers(user());
    expect(await ready).toMatchObject({ exitCode: 0 });

    const first = rig.aws.calls.length;
    const applied = await terraform('apply', '-auto-approve');
    expect([applied.exitCode, applied.stderr, applied.stdout]).toEqual([0, expect.anything(), expect.stringContaining('Resources: 8 added')]);
    expect(await bucketsIn(rig.aws, 'a')).toEqual(expect.arrayContaining(Array.from({ length: lives }, (_none, step) => `${profile}-life-${step}`)));

    const calls = rig.aws.calls.slice(first);
    const keys = new Set(calls.filter(({ service }) => service === 's3').map(({ accessKeyId }) => accessKeyId));
    expect(keys.size).toBeGreaterThanOrEqual(lives);
    expect(calls.filter(({ action }) => action === given).length).toBeGreaterThanOrEqual(lives - 1);
    expect(calls.filter(({ service, outcome }) => service === 's3' && /Expired|Invalid/.test(outcome))).toEqual([]);
    expect(await person.addresses()).toHaveLength(before + 1);
  });
}
