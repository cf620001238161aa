import { spawnSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { findProgram } from '../processes/find-program.ts';
import { checkout } from './running-app.ts';

/** A program that finds credentials without help and prints the account that they are for. */
export type AwsClient = { readonly name: string; readonly command: readonly [program: string, ...args: string[]] };

const identityPy = `import boto3
print(boto3.client('sts').get_caller_identity()['Account'])
`;
const identityMjs = `import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
const { Account } = await new STSClient().send(new GetCallerIdentityCommand());
console.log(Account);
`;

/** The AWS CLI, boto3 and the JavaScript SDK; the scripts of the last two go into a new folder inside `folder`. */
export async function awsClients(folder: string): Promise<readonly AwsClient[]> {
  const scripts = join(folder, 'clients');
  await mkdir(scripts);
  const [py, mjs] = [join(scripts, 'identity.py'), join(scripts, 'identity.mjs')];
  await writeFile(py, identityPy);
  await writeFile(mjs, identityMjs);
  await symlink(join(checkout, 'node_modules'), join(scripts, 'node_modules'));
  return [
    { name: 'the AWS CLI', command: ['aws', 'sts', 'get-caller-identity', '--query', 'Account', '--output', 'text'] },
    { name: 'boto3', command: [pythonWithBoto3() ?? 'python3', py] },
    // The SDK warns of older versions of Node.
    { name: 'the JavaScript SDK', command: [process.execPath, '--no-warnings', mjs] },
  ];
}

/** The clients that are not installed here; for a skip's reason. */
export function missingAwsClients(): readonly string[] {
  return [...(findProgram('aws') === null ? ['aws'] : []), ...(pythonWithBoto3() === null ? ['boto3'] : [])];
}

/** The first Python on the PATH that can load boto3; null where there is none. */
export function pythonWithBoto3(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const pythons = folders.flatMap((PATH) => findProgram('python3', { PATH }) ?? []);
  return pythons.find((python) => spawnSync(python, ['-c', 'import boto3'], { stdio: 'ignore' }).status === 0) ?? null;
}
