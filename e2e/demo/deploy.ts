import { z } from 'zod';
import { poll } from '../desktop/deadline.ts';
import { run } from '../programs.ts';
import { bucketName } from './demo-machine.ts';
import { expectSeen, type Scene } from './scene.ts';

const accountB = '222222222222';
const terraformMs = 180_000;

const assumedRole = z.object({
  Credentials: z.object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), SessionToken: z.string() }),
});

/** Terraform in the terminal that has the keyboard, into account B through its role. */
export async function deploy(scene: Scene): Promise<void> {
  await scene.desktop.typeText('cd ~/deploy; clear; terraform init 2>&1 | tee init.log\n');
  await terraformSays(scene, 'init', 'successfully initialized');
  await scene.desktop.typeText('clear; terraform apply -auto-approve 2>&1 | tee apply.log\n');
  await terraformSays(scene, 'apply', 'Resources: 1 added');
  await terraformSays(scene, 'apply', `account_id = "${accountB}"`);
  await scene.seen('terraform-apply', `terraform apply: 1 added, in account ${accountB}.`);

  expectSeen(`the bucket in account ${accountB}`, (await buckets(scene, 'b')).includes(bucketName));
  expectSeen('no such bucket in account A', !(await buckets(scene, 'a')).includes(bucketName));
  console.log(`The AWS CLI finds the bucket ${bucketName} in account ${accountB}, and not in 111111111111.`);
}

async function terraformSays(scene: Scene, command: string, sentence: string): Promise<void> {
  await poll(terraformMs, `terraform ${command} did not say “${sentence}”`, async () => {
    const log = await scene.fileInHome('deploy', `${command}.log`);
    if (log.includes('Error:')) throw new Error(`terraform ${command} failed: ${log}`);
    return log.includes(sentence) ? true : undefined;
  });
}

/** The names of an account's buckets, asked with the AWS CLI and without the app. */
async function buckets(scene: Scene, account: 'a' | 'b'): Promise<string> {
  const env = { ...scene.desktop.env, ...scene.machine.env, ...(await credentials(scene, account)) };
  return aws(['s3api', 'list-buckets', '--query', 'Buckets[].Name', '--output', 'text'], env);
}

async function credentials({ desktop, machine }: Scene, account: 'a' | 'b'): Promise<Record<string, string>> {
  if (account === 'a') return {};
  const role = ['--role-arn', machine.aws.accounts.b.deployRoleArn, '--role-session-name', 'demo'];
  const answer = await aws(['sts', 'assume-role', ...role, '--output', 'json'], { ...desktop.env, ...machine.env });
  const { Credentials: issued } = assumedRole.parse(JSON.parse(answer));
  return { AWS_ACCESS_KEY_ID: issued.AccessKeyId, AWS_SECRET_ACCESS_KEY: issued.SecretAccessKey, AWS_SESSION_TOKEN: issued.SessionToken };
}

async function aws(args: readonly string[], env: Record<string, string>): Promise<string> {
  const { exitCode, output } = await run('aws', args, { env });
  expectSeen(`an answer to aws ${args.slice(0, 2).join(' ')}: ${output}`, exitCode === 0);
  return output;
}
