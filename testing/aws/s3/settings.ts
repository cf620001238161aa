import { AwsError } from '../wire/aws-error.ts';
import { childrenOf, readXml, textAt, type XmlElement } from '../wire/read-xml.ts';
import { flatXml, type XmlContent } from '../wire/xml.ts';
import type { Bucket } from './bucket.ts';
import { versioningOf } from './object-versions.ts';
import { invalidRequest, malformedXml } from './s3-error.ts';
import { asXml, empty, requestDocument, s3Namespace, type S3Answer, type S3Request } from './s3-request.ts';
import { readTags } from './tags.ts';

/** A subresource of a bucket whose document S3 keeps and gives back. */
type Setting = {
  /** The document's root element. */
  readonly root: string;
  /** What a GET answers where there is no document: a document or an error. */
  readonly absent: XmlContent | AwsError;
  /** Whether DELETE is there for it. */
  readonly deletes: boolean;
  /** The status of a PUT, 200 by default. */
  readonly putStatus?: number;
  /** Throws AwsError for a document that cannot be. */
  readonly check?: (root: XmlElement, bucket: Bucket) => void;
};

const missing = (code: string, message: string) => new AwsError(code, 404, message);

const aes256 = { Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false } };

/** "Bucket configuration options" and the page of each in the Amazon S3 API reference, by their names in the query. */
const settings: Readonly<Record<string, Setting>> = {
  accelerate: { root: 'AccelerateConfiguration', absent: null, deletes: false },
  cors: { root: 'CORSConfiguration', absent: missing('NoSuchCORSConfiguration', 'The CORS configuration does not exist'), deletes: true },
  encryption: { root: 'ServerSideEncryptionConfiguration', absent: aes256, deletes: true },
  lifecycle: {
    root: 'LifecycleConfiguration',
    absent: missing('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'),
    deletes: true,
  },
  logging: { root: 'BucketLoggingStatus', absent: null, deletes: false },
  notification: { root: 'NotificationConfiguration', absent: null, deletes: false },
  'object-lock': {
    root: 'ObjectLockConfiguration',
    absent: missing('ObjectLockConfigurationNotFoundError', 'Object Lock configuration does not exist for this bucket'),
    deletes: false,
    check: (_, bucket) => {
      if (versioningOf(bucket) !== 'Enabled') throw invalidState("Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
    },
  },
  ownershipControls: {
    root: 'OwnershipControls',
    absent: missing('OwnershipControlsNotFoundError', 'The bucket ownership controls were not found'),
    deletes: true,
    check: (root) => allowed(textAt(root, 'Rule', 'ObjectOwnership'), ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter']),
  },
  publicAccessBlock: {
    root: 'PublicAccessBlockConfiguration',
    absent: missing('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found'),
    deletes: true,
  },
  replication: {
    root: 'ReplicationConfiguration',
    absent: missing('ReplicationConfigurationNotFoundError', 'The replication configuration was not found'),
    deletes: true,
    check: (_, bucket) => {
      if (versioningOf(bucket) !== 'Enabled') throw invalidRequest("Versioning must be 'Enabled' on the bucket to apply a replication configuration");
    },
  },
  requestPayment: {
    root: 'RequestPaymentConfiguration',
    absent: { Payer: 'BucketOwner' },
    deletes: false,
    check: (root) => allowed(textAt(root, 'Payer'), ['BucketOwner', 'Requester']),
  },
  tagging: {
    root: 'Tagging',
    absent: missing('NoSuchTagSet', 'The TagSet does not exist'),
    deletes: true,
    putStatus: 204,
    check: (root) => readTags(childrenOf(root, 'TagSet')[0]),
  },
  versioning: {
    root: 'VersioningConfiguration',
    absent: null,
    deletes: false,
    check: (root, bucket) => {
      allowed(textAt(root, 'Status'), ['Enabled', 'Suspended']);
      if (textAt(root, 'Status') !== 'Enabled' && bucket.settings.has('object-lock')) {
        throw invalidState('An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.');
      }
    },
  },
  website: {
    root: 'WebsiteConfiguration',
    absent: missing('NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration'),
    deletes: true,
  },
};

export const settingNames: readonly string[] = Object.keys(settings);

/** What S3 gives a new bucket: "Default settings for new S3 bucket access" in the user guide, and Object Lock where it was asked for. */
export function putDefaults(bucket: Bucket, { ownership = 'BucketOwnerEnforced', hasObjectLock = false }): void {
  const blocked = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
  keep(bucket, 'publicAccessBlock', blocked);
  keep(bucket, 'ownershipControls', { Rule: { ObjectOwnership: ownership } });
  if (!hasObjectLock) return;
  keep(bucket, 'versioning', { Status: 'Enabled' });
  keep(bucket, 'object-lock', { ObjectLockEnabled: 'Enabled' });
}

/** Keeps a document that is made here, and not a client's. */
export function keep(bucket: Bucket, name: string, elements: XmlContent): void {
  bucket.settings.set(name, written(name, elements));
}

/** Whether one of a bucket's public access blocks is on: `BlockPublicAcls` or `BlockPublicPolicy`. */
export function blocks(bucket: Bucket, name: 'BlockPublicAcls' | 'BlockPublicPolicy'): boolean {
  const root = readXml(bucket.settings.get('publicAccessBlock') ?? '');
  return root !== null && textAt(root, name)?.toLowerCase() === 'true';
}

/** Answers for one subresource. Throws AwsError; MethodNotAllowed is the caller's to say. */
export function answerSetting(request: S3Request, name: string, bucket: Bucket): S3Answer | null {
  const setting = settings[name];
  if (setting === undefined) return null;
  if (request.method === 'GET') return got(bucket, name, setting);
  if (request.method === 'PUT') {
    const root = requestDocument(request, setting.root);
    setting.check?.(root, bucket);
    bucket.settings.set(name, request.body.toString('utf8'));
    // A lifecycle says in a header from which size objects are moved.
    const size = name === 'lifecycle' ? (request.headers[transitionSize] ?? 'all_storage_classes_128K') : null;
    if (size !== null) bucket.settings.set(transitionSize, size);
    return empty(setting.putStatus ?? 200, size === null ? {} : { [transitionSize]: size });
  }
  if (request.method !== 'DELETE' || !setting.deletes) return null;
  bucket.settings.delete(name);
  return empty(204);
}

const transitionSize = 'x-amz-transition-default-minimum-object-size';

function got(bucket: Bucket, name: string, setting: Setting): S3Answer {
  const kept = bucket.settings.get(name);
  if (kept === undefined && setting.absent instanceof AwsError) throw setting.absent;
  const size = name === 'lifecycle' ? bucket.settings.get(transitionSize) : undefined;
  return asXml(kept ?? written(name, setting.absent as XmlContent), size === undefined ? {} : { [transitionSize]: size });
}

function written(name: string, elements: XmlContent): string {
  const root = settings[name]?.root ?? name;
  return `<${root} xmlns="${s3Namespace}">${flatXml(elements)}</${root}>`;
}

function allowed(value: string | null, values: readonly string[]): void {
  if (value === null || !values.includes(value)) throw malformedXml();
}

const invalidState = (message: string) => new AwsError('InvalidBucketState', 409, message);
