import { poll } from '../testing/processes/deadline.ts';
import { bucketsIn } from '../testing/aws/clients/buckets.ts';
import { bucketName } from './demo-machine.ts';
import { expectSeen, type Scene } from './scene.ts';

const [accountB, accountC] = ['222222222222', '333333333333'];
const terraformMs = 180_000;

/** Runs Terraform in the terminal that has the keyboard, and deploys into account B through its role. */
export async function deploy(scene: Scene): Promise<void> {
  await scene.desktop.typeText('cd ~/deploy; clear; terraform init 2>&1 | tee init.log\n');
  await terraformSays(scene, 'init', 'successfully initialized');
  await scene.desktop.typeText('clear; terraform apply -auto-approve 2>&1 | tee apply.log\n');
  await terraformSays(scene, 'apply', 'Resources: 1 added');
  await terraformSays(scene, 'apply', `account_id = "${accountB}"`);
  await scene.seen('terraform-apply', `terraform apply: 1 added, in account ${accountB}.`);

  expectSeen(`the bucket in account ${accountB}`, (await bucketsIn(scene.machine.aws, 'b')).includes(bucketName));
  expectSeen('no such bucket in account A', !(await bucketsIn(scene.machine.aws, 'a')).includes(bucketName));
  console.log(`The bucket ${bucketName} is in account ${accountB}, and not in 111111111111.`);
}

/** Makes the slip that the app is there for, the role of another account, and sees the apply stopped. */
export async function deployIntoWrongAccount(scene: Scene): Promise<void> {
  await scene.desktop.typeText(`sed -i s/${accountB}:role/${accountC}:role/ main.tf; clear; terraform apply -auto-approve; echo $? >exit-code\n`);
  const exitCode = await poll(
    terraformMs,
    'The apply into another account did not end',
    async () => (await scene.fileInHome('deploy', 'exit-code')) || undefined,
  );
  expectSeen('an apply that the account guard stopped', exitCode.trim() === '3');
  await scene.seen('terraform-stopped', `The role of account ${accountC} in a project that is meant for ${accountB}: STS Tray stops the apply.`);
  expectSeen(`no bucket in account ${accountC}`, (await bucketsIn(scene.machine.aws, 'c')).length === 0);
}

async function terraformSays(scene: Scene, command: string, sentence: string): Promise<void> {
  await poll(terraformMs, `terraform ${command} did not say “${sentence}”`, async () => {
    const log = await scene.fileInHome('deploy', `${command}.log`);
    if (log.includes('Error:')) throw new Error(`terraform ${command} failed: ${log}`);
    return log.includes(sentence) ? true : undefined;
  });
}
