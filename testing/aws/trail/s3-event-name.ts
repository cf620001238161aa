import type { RequestHead } from '../wire/aws-request.ts';

/** The subresources of a bucket and what CloudTrail calls them. */
const subresources: Readonly<Record<string, string>> = {
  accelerate: 'AccelerateConfiguration',
  acl: 'BucketAcl',
  cors: 'BucketCors',
  encryption: 'BucketEncryption',
  lifecycle: 'BucketLifecycle',
  location: 'BucketLocation',
  logging: 'BucketLogging',
  notification: 'BucketNotification',
  'object-lock': 'BucketObjectLockConfiguration',
  ownershipControls: 'BucketOwnershipControls',
  policy: 'BucketPolicy',
  policyStatus: 'BucketPolicyStatus',
  publicAccessBlock: 'BucketPublicAccessBlock',
  replication: 'BucketReplication',
  requestPayment: 'BucketRequestPayment',
  tagging: 'BucketTagging',
  versioning: 'BucketVersioning',
  website: 'BucketWebsite',
};

const wholeBucket: Readonly<Record<string, string>> = {
  PUT: 'CreateBucket',
  DELETE: 'DeleteBucket',
  HEAD: 'HeadBucket',
};

/** How CloudTrail describes an S3 request with the bucket in its path. */
export type S3Event = { readonly eventName: string; readonly bucketName: string | null };

/**
 * Names the management event of an S3 request; null for data events (objects and their lists), which
 * LookupEvents never returns: "Amazon S3 CloudTrail events", Amazon S3 User Guide.
 */
export function s3Event({ method, path, query }: RequestHead): S3Event | null {
  const [bucketName, ...key] = path.split('/').filter((part) => part !== '');
  if (bucketName === undefined) return { eventName: 'ListBuckets', bucketName: null };
  if (key.length > 0) return null;
  const subresource = Object.keys(query).find((name) => Object.hasOwn(subresources, name));
  const suffix = subresource === undefined ? undefined : subresources[subresource];
  if (suffix !== undefined) return { eventName: `${verbs[method] ?? 'Get'}${suffix}`, bucketName };
  const eventName = wholeBucket[method];
  return eventName === undefined ? null : { eventName, bucketName };
}

const verbs: Readonly<Record<string, string>> = { GET: 'Get', PUT: 'Put', DELETE: 'Delete' };
