import type { SignedRequest } from '../wire/signed-request.ts';
import { s3Event } from './s3-event-name.ts';

/** The S3 actions that IAM calls otherwise than the API does ("Actions, resources, and condition keys for Amazon S3", Service Authorization Reference). */
const s3Names: Readonly<Record<string, string>> = {
  ListBuckets: 'ListAllMyBuckets',
  HeadBucket: 'ListBucket',
  GetBucketLifecycle: 'GetLifecycleConfiguration',
  GetBucketEncryption: 'GetEncryptionConfiguration',
  GetBucketAccelerateConfiguration: 'GetAccelerateConfiguration',
  GetBucketReplication: 'GetReplicationConfiguration',
};

/** What S3 does with an object, or with the list of them, by its method. */
const objectActions: Readonly<Record<string, string>> = { GET: 'GetObject', HEAD: 'GetObject', PUT: 'PutObject', POST: 'PutObject', DELETE: 'DeleteObject' };

/** The action of a request as policies write it, such as `s3:CreateBucket`. */
export function actionName({ claim: { service }, head, action }: Pick<SignedRequest, 'claim' | 'head' | 'action'>): string {
  if (service !== 's3') return `${service}:${action}`;
  const event = s3Event(head);
  if (event !== null) return `s3:${s3Names[event.eventName] ?? event.eventName}`;
  if (head.method === 'POST' && head.query['delete'] !== undefined) return 's3:DeleteObject';
  const isOfBucket = head.path.split('/').filter((part) => part !== '').length < 2;
  return `s3:${isOfBucket && head.method === 'GET' ? 'ListBucket' : (objectActions[head.method] ?? head.method)}`;
}
