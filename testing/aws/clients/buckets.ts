import type { LocalAws } from '../local-aws.ts';
import { s3Call } from './s3-call.ts';
import { assumeRole } from './sdk-session.ts';

/**
 * The names of an account's buckets, asked without the app: by alice, or by the account's deploy role. It is
 * one signed request, since tests ask often, and each start of the AWS CLI takes a second.
 */
export async function bucketsIn(aws: LocalAws, account: 'a' | 'b' | 'c'): Promise<readonly string[]> {
  const credentials = account === 'a' ? aws.alice : await assumeRole(aws, aws.alice, aws.accounts[account].deployRoleArn);
  const { status, text } = await s3Call(aws, credentials);
  // A refusal names no bucket either, and must not be taken for an empty account.
  if (status !== 200 || !text.includes('<ListAllMyBucketsResult')) throw new Error(`s3:ListBuckets failed: ${text}`);
  return [...text.matchAll(/<Bucket>.*?<Name>([^<]+)<\/Name>/gs)].map(([, name = '']) => name);
}
