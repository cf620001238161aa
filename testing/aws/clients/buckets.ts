import { z } from 'zod';
import { clientEnv } from './client-env.ts';
import type { LocalAws } from '../local-aws.ts';
import { runProgram } from '../../processes/run-program.ts';
import { assumeRole } from './sdk-session.ts';

/** The names of an account's buckets, asked with the AWS CLI and without the app: by alice, or by the account's deploy role. */
export async function bucketsIn(aws: LocalAws, account: 'a' | 'b' | 'c'): Promise<readonly string[]> {
  const caller = account === 'a' ? aws.alice : await assumeRole(aws, aws.alice, aws.accounts[account].deployRoleArn);
  const args = ['s3api', 'list-buckets', '--query', 'Buckets[].Name', '--output', 'json'];
  const { exitCode, stdout, stderr } = await runProgram('aws', args, { env: clientEnv(aws, caller) });
  // A refusal names no bucket either, and must not be taken for an empty account.
  if (exitCode !== 0) throw new Error(`aws s3api list-buckets failed: ${stderr}`);
  return z.array(z.string()).parse(JSON.parse(stdout));
}
