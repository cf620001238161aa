import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { answerQuestion } from '../../../testing/app/answer-question.ts';
import { closeByButton, type RunningApp } from '../../../testing/app/running-app.ts';
import { login } from '../../../testing/app/sessions.ts';
import { launcher } from '../../../testing/app/sts-tray.ts';
import { writeCliConfig } from '../../../testing/terraform/cli-config.ts';
import { writeMainTf } from '../../../testing/terraform/deployment.ts';
import type { AppRig } from '../../../testing/app/app-rig.ts';

/** What the examples run in: a user's shell, with the app beside it. */
export type Stage = { readonly rig: AppRig; readonly app: RunningApp; readonly env: Record<string, string> };

type Scene = {
  readonly before?: (stage: Stage) => Promise<void>;
  /** What the user does while the commands run. */
  readonly meanwhile?: (stage: Stage) => Promise<void>;
};

/** By the names that the documents' comments use. */
export const scenes: Readonly<Record<string, Scene>> = {
  'code-typed': { meanwhile: async ({ rig, app }) => rig.submitCode(await app.window('mfa')) },
  'prompt-cancelled': { meanwhile: async ({ app }) => closeByButton(await app.window('mfa'), 'Cancel') },
  'question-refused': { meanwhile: ({ app }) => answerQuestion(app, 'Refuse') },
  'mark-taken-off': { meanwhile: ({ app }) => answerQuestion(app, 'Remove mark', { typed: 'prod-eu' }) },
  'console-confirmed': { meanwhile: confirmed('Give out address') },
  'revocation-confirmed': { meanwhile: confirmed('Revoke sessions') },
  'removal-confirmed': {
    before: async ({ rig }) => writeFile(codeFile(rig), await rig.aws.nextTotpCode()),
    meanwhile: confirmed('Remove revocation'),
  },
  'rotation-confirmed': { meanwhile: confirmed('Replace key', 'Delete key') },
  'code-at-hand': { before: async ({ rig }) => writeFile(codeFile(rig), await rig.aws.nextTotpCode()) },
  'session-at-hand': { before: ({ rig }) => login(rig, 'default') },
  'key-at-hand': { before: handOutKey },
  'app-gone': { before: ({ app }) => app.quit('Quit') },
  'desktop-gone': {
    before: async ({ env }) => {
      delete env['DISPLAY'];
    },
  },
};

/** The user presses these buttons, each of a question of its own. */
function confirmed(...buttons: readonly string[]): NonNullable<Scene['meanwhile']> {
  return async ({ app }) => {
    for (const button of buttons) await answerQuestion(app, button);
  };
}

/** The new key as the console shows it, in the lines that `aws configure` asks for. There are no AWS files yet. */
async function handOutKey({ rig }: Stage): Promise<void> {
  const { accessKeyId, secretAccessKey } = rig.aws.alice;
  await rm(join(rig.home, '.aws'), { recursive: true });
  await writeFile(join(rig.home, 'access-key.txt'), `${accessKeyId}\n${secretAccessKey}\nus-east-1\njson\n`);
}

const codeFile = (rig: AppRig): string => join(rig.home, '.mfa-code');

/**
 * Puts `sts-tray` on the PATH, as a link in the user's own folder would, and `mfa-code`, which stands for
 * any program that prints a code. Writes profiles into the AWS files, and a script to run.
 */
export async function prepareStage(rig: AppRig): Promise<Record<string, string>> {
  const { b, c } = rig.aws.accounts;
  await rig.configureAws({
    config: `
[profile deploy]
role_arn = ${b.deployRoleArn}
source_profile = default

[profile audit]
role_arn = ${c.auditRoleArn}
source_profile = default

[profile corporate]
sso_session = corporate
`,
  });
  const programs = join(rig.home, '.local', 'bin');
  await mkdir(programs, { recursive: true });
  await writeScript(
    join(programs, 'sts-tray'),
    `exec ${launcher(rig)
      .map((word) => `'${word}'`)
      .join(' ')} "$@"`,
  );
  await writeScript(join(programs, 'mfa-code'), `cat '${codeFile(rig)}'`);
  const provider = `provider "aws" {\n  region = "us-east-1"\n  assume_role {\n    role_arn = "${b.deployRoleArn}"\n  }\n  allowed_account_ids = ["${b.accountId}"]\n}\n`;
  await writeProject(join(rig.home, 'network'), provider);
  await writeProject(join(rig.home, 'forgotten'), `${provider}\nprovider "aws" {\n  alias  = "logs"\n  region = "us-east-1"\n}\n`);
  await writeProject(join(rig.home, 'unstated'), provider.replace(/^ {2}allowed_account_ids.*\n/m, ''));
  for (const [folder, { deployRoleArn }] of [
    ['deploy', b],
    ['wrong', c],
  ] as const) {
    await mkdir(join(rig.home, folder));
    writeMainTf(join(rig.home, folder), { roleArn: deployRoleArn, expectedAccountId: b.accountId, bucketName: 'example-bucket' });
  }
  await mkdir(join(rig.home, 'wrong-role'));
  writeMainTf(join(rig.home, 'wrong-role'), { roleArn: c.deployRoleArn, expectedAccountId: b.accountId, bucketName: 'example' });
  await writeRoleFromState(rig, c.deployRoleArn, b.accountId);
  await writeProject(join(rig.home, 'broken'), 'provider "aws" {\n  region =\n}\n');
  await writeScript(join(rig.home, 'deploy.sh'), 'echo "deploying as $AWS_PROFILE"');
  return { ...rig.env, ...writeCliConfig(rig.home), PATH: [programs, rig.env['PATH']].join(delimiter) };
}

/** A project whose role only another project's state knows. */
async function writeRoleFromState(rig: AppRig, roleArn: string, expectedAccountId: string): Promise<void> {
  const folder = join(rig.home, 'from-state');
  await mkdir(folder);
  writeMainTf(folder, { roleArn: '', expectedAccountId, bucketName: 'example' });
  const main = await readFile(join(folder, 'main.tf'), 'utf8');
  const hub = 'data "terraform_remote_state" "hub" {\n  backend = "local"\n  config  = { path = "hub.tfstate" }\n}\n';
  await writeFile(join(folder, 'main.tf'), hub + main.replace(/role_arn( *)= ""/, 'role_arn$1= data.terraform_remote_state.hub.outputs.role'));
  const state = { version: 4, terraform_version: '1.11.0', serial: 1, lineage: 'hub', outputs: { role: { value: roleArn, type: 'string' } }, resources: [] };
  await writeFile(join(folder, 'hub.tfstate'), JSON.stringify(state));
}

async function writeProject(folder: string, main: string): Promise<void> {
  await mkdir(folder);
  await writeFile(join(folder, 'main.tf'), main);
}

async function writeScript(path: string, line: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${line}\n`);
  await chmod(path, 0o755);
}
