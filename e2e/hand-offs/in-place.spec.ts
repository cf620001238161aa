import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { runConfirmed } from '../../testing/app/answer-question.ts';
import { AppRig } from '../../testing/app/app-rig.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { login } from '../../testing/app/sessions.ts';
import { launcher, runStsTray } from '../../testing/app/sts-tray.ts';
import { bucketsIn } from '../../testing/aws/clients/buckets.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { runProgram } from '../../testing/processes/run-program.ts';
import { writeCliConfig } from '../../testing/terraform/cli-config.ts';

// A profile that the app serves under its own name, for programs that it did not start, and the way back.

test.describe.configure({ mode: 'serial' });

const missing = [...['terraform', 'aws'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let rig: AppRig;
let app: RunningApp;
let before: { readonly config: string; readonly credentials: string };

test.beforeAll(async () => {
  rig = await AppRig.start({ desktop: { keyring: 'unlocked' } });
  const { accounts, alice } = rig.aws;
  const role = `# production\n[profile prod]\nrole_arn = ${accounts.b.deployRoleArn}\nsource_profile = default\nmfa_serial = ${alice.mfaSerial}\nregion = eu-central-1\n`;
  await rig.configureAws({ config: `\n${role}\n[profile last]\nregion = us-west-2\n` });
  before = await texts();
  app = await rig.startApp({ args: [] });
  await login(rig, 'default');
});
test.afterAll(() => rig.close());

async function texts(): Promise<typeof before> {
  return { config: await readFile(rig.awsFiles.config, 'utf8'), credentials: await readFile(rig.awsFiles.credentials, 'utf8') };
}

/** The AWS CLI beside the app, as any program of the user's. */
async function aws(...args: string[]): Promise<string> {
  const { stdout, stderr, exitCode } = await runProgram('aws', args, { env: rig.env });
  expect([exitCode, stderr]).toEqual([0, '']);
  return stdout.trim();
}

const account = (profile: string) => aws('sts', 'get-caller-identity', '--query', 'Account', '--output', 'text', '--profile', profile);
const entry = (profile: string) => `credential_process = ${[...launcher(rig), 'credential-process', profile].join(' ')}`;

test('a role goes in place when a person confirms it, and the AWS CLI reaches the same account and region through it', async () => {
  const refused = await runConfirmed(rig, app, ['install', '--in-place', 'prod'], 'Cancel');
  expect(refused).toMatchObject({ exitCode: 4, stdout: '' });
  expect(await texts()).toEqual(before);

  const installed = await runConfirmed(rig, app, ['install', '--in-place', 'prod'], 'Change files');
  expect(installed.exitCode).toBe(0);
  expect(installed.stdout).toContain(`[profile prod] in ${rig.awsFiles.config} gets its sessions from STS Tray now`);
  const { config, credentials } = await texts();
  expect(config).toContain(`# production\n[profile prod]\n${entry('prod')}\nregion = eu-central-1\n\n[profile last]`);
  expect(credentials).toBe(before.credentials);
  expect(await account('prod')).toBe('222222222222');
  expect(await aws('configure', 'get', 'region', '--profile', 'prod')).toBe('eu-central-1');
  expect(await runStsTray(rig, ['exec', 'prod', '--', 'aws', 'sts', 'get-caller-identity', '--query', 'Account', '--output', 'text'])).toMatchObject({
    stdout: '222222222222\n',
  });
});

test('Terraform deploys by the profile’s name outside of exec', async () => {
  const folder = join(rig.home, 'project');
  await mkdir(folder);
  await writeFile(
    join(folder, 'main.tf'),
    'provider "aws" {\n  profile = "prod"\n  s3_use_path_style = true\n  allowed_account_ids = ["222222222222"]\n}\nresource "aws_s3_bucket" "b" {\n  bucket = "in-place"\n}\n',
  );
  const env = { ...rig.env, ...writeCliConfig(rig.home), TF_IN_AUTOMATION: '1' };
  for (const args of [['init'], ['apply', '-auto-approve']]) {
    const ran = await runProgram('terraform', [...args, '-no-color'], { cwd: folder, env });
    expect([ran.exitCode, ran.stderr]).toEqual([0, '']);
  }
  expect(await bucketsIn(rig.aws, 'b')).toContain('in-place');
});

test('a user goes in place with its key in the keychain, and the roles behind it are reached as before', async () => {
  expect(await runConfirmed(rig, app, ['install', '--in-place', 'default'], 'Change files')).toMatchObject({ exitCode: 0 });
  const { config, credentials } = await texts();
  expect(config).toContain(`[default]\n${entry('default')}\n`);
  expect(credentials).not.toContain(rig.aws.alice.accessKeyId);
  expect(credentials).not.toContain(rig.aws.alice.secretAccessKey);
  expect(await account('default')).toBe('111111111111');
  expect(await account('prod')).toBe('222222222222');
  const again = await runStsTray(rig, ['install', '--in-place', 'default']);
  expect(again).toMatchObject({ exitCode: 1, stdout: '' });
  expect(again.stderr).toContain(`Profile default in ${rig.awsFiles.config} gets its sessions from this app under its own name already.`);
});

test('the app serves what is in place after its next start, and a code goes by the key in the keychain', async () => {
  await app.close();
  app = await rig.startApp({ args: [] });
  expect(await runStsTray(rig, ['logout', '--all'])).toMatchObject({ exitCode: 0 });
  await login(rig, 'default');
  expect(await account('default')).toBe('111111111111');
  expect(await account('prod')).toBe('222222222222');
});

test('what is taken back is the same to the byte but for what somebody wrote in between, and a key comes back only when a person confirms it', async () => {
  await writeFile(rig.awsFiles.config, `${(await texts()).config}[profile written-since]\nregion = us-east-2\n`);
  expect(await runConfirmed(rig, app, ['uninstall', 'default'], 'Cancel')).toMatchObject({ exitCode: 4, stdout: '' });
  expect((await texts()).credentials).not.toContain(rig.aws.alice.secretAccessKey);

  expect(await runConfirmed(rig, app, ['uninstall', '--all'], 'Write it back')).toMatchObject({ exitCode: 0 });
  expect(await texts()).toEqual({ ...before, config: `${before.config}[profile written-since]\nregion = us-east-2\n` });
  expect(await account('default')).toBe('111111111111');
  expect(await runStsTray(rig, ['uninstall', '--all'])).toEqual({ exitCode: 0, stdout: 'Nothing of this app is in the AWS files.\n', stderr: '' });
});

test('a profile that the app does not serve is refused, and nothing is changed', async () => {
  const now = await texts();
  await writeFile(rig.awsFiles.config, `${now.config}[profile foreign]\ncredential_process = /bin/true\n`);
  const foreign = await runStsTray(rig, ['install', '--in-place', 'foreign']);
  expect(foreign).toMatchObject({ exitCode: 1, stdout: '' });
  expect(foreign.stderr).toContain('gets its credentials from another tool');
  const nobody = await runStsTray(rig, ['install', '--in-place', 'nobody']);
  expect(nobody.stderr).toContain('There is no profile nobody');
  expect((await texts()).config).toBe(`${now.config}[profile foreign]\ncredential_process = /bin/true\n`);
});
