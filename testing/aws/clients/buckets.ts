import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import type { LocalAws } from '../local-aws.ts';
import { assumeRole } from './sdk-session.ts';

/**
 * The names of an account's buckets, asked without the app: by alice, or by the account's deploy role. It is
 * one signed request, since tests ask often, and each start of the AWS CLI takes a second.
 */
export async function bucketsIn(aws: LocalAws, account: 'a' | 'b' | 'c'): Promise<readonly string[]> {
  const { accessKeyId, secretAccessKey, ...rest } = account === 'a' ? aws.alice : await assumeRole(aws, aws.alice, aws.accounts[account].deployRoleArn);
  const credentials = { accessKeyId, secretAccessKey, ...('sessionToken' in rest && { sessionToken: rest.sessionToken }) };
  const signer = new SignatureV4({ service: 's3', region: aws.region, credentials, sha256: Hash.bind(null, 'sha256') });
  const { host, hostname } = new URL(aws.endpoint);
  const { headers } = await signer.sign({ method: 'GET', protocol: 'http:', hostname, path: '/', headers: { host } });
  const { host: _, ...sent } = headers;
  const answer = await fetch(aws.endpoint, { headers: sent });
  const text = await answer.text();
  // A refusal names no bucket either, and must not be taken for an empty account.
  if (!answer.ok || !text.includes('<ListAllMyBucketsResult')) throw new Error(`s3:ListBuckets failed: ${text}`);
  return [...text.matchAll(/<Bucket>.*?<Name>([^<]+)<\/Name>/gs)].map(([, name = '']) => name);
}
