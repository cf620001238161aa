import { childrenOf, textAt, type XmlElement } from '../wire/read-xml.ts';
import { AwsError } from '../wire/aws-error.ts';
import { answerAcl, cannedAcl, isPublic } from './acl.ts';
import { canonicalId, type Bucket, type Buckets } from './bucket.ts';
import { answerPolicy, answerPolicyStatus } from './bucket-policy.ts';
import { listObjects, listVersions } from './listing.ts';
import { answerObject, deleteObjects } from './objects.ts';
import { bucketNotEmpty, invalidArgument, methodNotAllowed, notHere, s3AccessDenied } from './s3-error.ts';
import { document, empty, requestDocument, type S3Answer, type S3Request } from './s3-request.ts';
import { answerSetting, keep, putDefaults, settingNames } from './settings.ts';
import { readTags, tagSet } from './tags.ts';

/** What a query may hold beside what names the subresource. */
const parameters = ['x-id', 'versionId', 'list-type', 'prefix', 'delimiter', 'max-keys', 'marker', 'start-after', 'continuation-token'];
const moreParameters = ['fetch-owner', 'encoding-type', 'key-marker', 'version-id-marker'];
const ofBuckets = [...settingNames, 'acl', 'policy', 'policyStatus', 'location', 'versions', 'delete'];
const ofObjects = ['tagging', 'acl'];

/**
 * Answers as S3 does for buckets and objects of several accounts, with the bucket in the path: Amazon S3 API
 * reference. Throws AwsError, NotImplemented for what S3 has and this has not.
 */
export function answerS3(request: S3Request, queryNames: readonly string[], buckets: Buckets): S3Answer {
  const { method, bucketName, key, accountId } = request;
  const known = [...parameters, ...moreParameters, ...(key === null ? ofBuckets : ofObjects)];
  const unknown = queryNames.find((name) => !known.includes(name) && !/^x-amz-/i.test(name));
  if (unknown !== undefined) throw notHere(`what ?${unknown} asks for`);
  if (bucketName === null) return method === 'GET' ? listBuckets(buckets, accountId) : notAllowed();
  const named = ofBuckets.find((name) => request.query(name) !== null);
  if (method === 'PUT' && key === null && named === undefined) return createBucket(request, bucketName, buckets);
  const bucket = buckets.of(bucketName, accountId);
  const expected = request.headers['x-amz-expected-bucket-owner'];
  if (expected !== undefined && expected !== bucket.accountId) throw s3AccessDenied();
  const answer = key === null ? answerBucket(request, named, bucket, buckets) : answerObject({ ...request, key }, bucket, buckets);
  return answer ?? notAllowed();
}

function answerBucket(request: S3Request, named: string | undefined, bucket: Bucket, buckets: Buckets): S3Answer | null {
  const { method } = request;
  switch (named) {
    case undefined:
      return answerWhole(request, bucket, buckets);
    case 'acl':
      return answerAcl(request, bucket);
    case 'policy':
      return answerPolicy(request, bucket);
    case 'policyStatus':
      return answerPolicyStatus(request, bucket);
    case 'location':
      return method === 'GET' ? document('LocationConstraint', bucket.region === 'us-east-1' ? '' : bucket.region) : null;
    case 'versions':
      return method === 'GET' ? listVersions(request, bucket) : null;
    case 'delete':
      return method === 'POST' ? deleteObjects(request, bucket) : null;
    default:
      return answerSetting(request, named, bucket);
  }
}

function answerWhole(request: S3Request, bucket: Bucket, buckets: Buckets): S3Answer | null {
  switch (request.method) {
    case 'GET':
      return listObjects(request, bucket);
    case 'HEAD':
      return empty(200, { 'x-amz-bucket-region': bucket.region, 'x-amz-access-point-alias': 'false', 'content-type': 'application/xml' });
    case 'DELETE':
      if (bucket.versions.size > 0) throw bucketNotEmpty();
      buckets.delete(bucket);
      return empty(204);
    default:
      return null;
  }
}

function listBuckets(buckets: Buckets, accountId: string): S3Answer {
  const owned = buckets.ownedBy(accountId).map(({ name, createdAt }) => ({ Name: name, CreationDate: new Date(createdAt).toISOString() }));
  return document('ListAllMyBucketsResult', { Owner: { ID: canonicalId(accountId) }, Buckets: { Bucket: owned } });
}

/** CreateBucket: Amazon S3 API reference. Throws AwsError. */
function createBucket(request: S3Request, name: string, buckets: Buckets): S3Answer {
  const { headers, accountId, now } = request;
  const asked = request.body.length === 0 ? null : requestDocument(request, 'CreateBucketConfiguration');
  const region = regionOf(request, asked);
  const acl = headers['x-amz-acl'] ?? 'private';
  const ownership = headers['x-amz-object-ownership'] ?? 'BucketOwnerEnforced';
  const grants = cannedAcl(acl, accountId);
  if (acl !== 'private' && ownership === 'BucketOwnerEnforced') {
    const message = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting";
    throw new AwsError('InvalidBucketAclWithObjectOwnership', 400, message);
  }
  // The block on public ACLs is on from the start.
  if (isPublic(acl)) throw s3AccessDenied();
  const tags = asked && childrenOf(asked, 'Tags')[0];
  const tagged = tags ? readTags(tags) : [];
  const known = buckets.ownedBy(accountId);
  const bucket = buckets.create({ name, accountId, region, createdAt: now });
  if (!known.includes(bucket)) {
    putDefaults(bucket, { ownership, hasObjectLock: headers['x-amz-bucket-object-lock-enabled']?.toLowerCase() === 'true' });
    bucket.settings.set('acl', grants);
    if (tagged.length > 0) keep(bucket, 'tagging', tagSet(tagged));
  }
  return empty(200, { location: `/${name}` });
}

/** A bucket comes to the region that it is asked for in, except from us-east-1, where the body may name any. */
function regionOf({ region }: S3Request, asked: XmlElement | null): string {
  const named = (asked && textAt(asked, 'LocationConstraint')) || null;
  if (named === null && region === 'us-east-1') return region;
  if (named === 'us-east-1') throw new AwsError('InvalidLocationConstraint', 400, 'The specified location-constraint is not valid');
  if (named === null || (region !== 'us-east-1' && named !== region)) {
    const constraint = named === null ? 'unspecified' : named;
    const message = `The ${constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`;
    throw new AwsError('IllegalLocationConstraintException', 400, message);
  }
  if (!/^[a-z]{2,}(?:-[a-z]+)+-\d$/.test(named) && named !== 'EU') throw invalidArgument('The specified location-constraint is not valid');
  return named === 'EU' ? 'eu-west-1' : named;
}

function notAllowed(): never {
  throw methodNotAllowed();
}
