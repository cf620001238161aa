import { z } from 'zod';
import { AwsError } from '../wire/aws-error.ts';
import type { Bucket } from './bucket.ts';
import { s3AccessDenied } from './s3-error.ts';
import { document, empty, type S3Answer, type S3Request } from './s3-request.ts';
import { blocks } from './settings.ts';

const Statement = z.looseObject({
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.union([z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())]))]).optional(),
  Condition: z.unknown().optional(),
});
const BucketPolicy = z.looseObject({ Statement: z.union([Statement.transform((one) => [one]), z.array(Statement).min(1)]) });

/**
 * Answers for the policy of a bucket, and whether it makes the bucket public. The policy is kept, given back and
 * not evaluated. Throws NoSuchBucketPolicy, MalformedPolicy or AccessDenied.
 */
export function answerPolicy({ method, body }: S3Request, bucket: Bucket): S3Answer | null {
  if (method === 'GET') return { status: 200, headers: { 'content-type': 'application/json' }, body: policyOf(bucket) };
  if (method === 'PUT') {
    const text = body.toString('utf8');
    if (isPublic(text) && blocks(bucket, 'BlockPublicPolicy')) throw s3AccessDenied();
    bucket.settings.set('policy', text);
    return empty(204);
  }
  if (method !== 'DELETE') return null;
  bucket.settings.delete('policy');
  return empty(204);
}

export function answerPolicyStatus({ method }: S3Request, bucket: Bucket): S3Answer | null {
  return method === 'GET' ? document('PolicyStatus', { IsPublic: isPublic(policyOf(bucket)) }) : null;
}

function policyOf({ settings }: Bucket): string {
  const policy = settings.get('policy');
  if (policy === undefined) throw new AwsError('NoSuchBucketPolicy', 404, 'The bucket policy does not exist');
  return policy;
}

/** Whether everybody is allowed something without a condition. Throws MalformedPolicy. */
function isPublic(text: string): boolean {
  const policy = BucketPolicy.safeParse(parsed(text));
  if (!policy.success) throw malformed(z.prettifyError(policy.error));
  return policy.data.Statement.some(({ Effect, Principal = '', Condition }) => {
    const principals = typeof Principal === 'string' ? Principal : Object.values(Principal).flat();
    return Effect === 'Allow' && Condition === undefined && principals.includes('*');
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed("Policies must be valid JSON and the first byte must be '{'");
  }
}

const malformed = (message: string) => new AwsError('MalformedPolicy', 400, message);
