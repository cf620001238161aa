import { AwsError } from '../wire/aws-error.ts';
import { readXml, textAt } from '../wire/read-xml.ts';
import { flatXml } from '../wire/xml.ts';
import { canonicalId, type Bucket } from './bucket.ts';
import { invalidArgument, notHere, s3AccessDenied } from './s3-error.ts';
import { asXml, empty, requestDocument, s3Namespace, type S3Answer, type S3Request } from './s3-request.ts';
import { blocks } from './settings.ts';

const schema = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const [everyone, authenticated, logDelivery] = ['global/AllUsers', 'global/AuthenticatedUsers', 's3/LogDelivery'].map(
  (group) => `http://acs.amazonaws.com/groups/${group}`,
);

/** "Canned ACL", Amazon S3 User Guide: what a group gets beside the owner, who always has FULL_CONTROL. */
const canned: Readonly<Record<string, readonly (readonly [group: string | undefined, permission: string])[]>> = {
  private: [],
  'bucket-owner-full-control': [],
  'bucket-owner-read': [],
  'public-read': [[everyone, 'READ']],
  'public-read-write': [
    [everyone, 'READ'],
    [everyone, 'WRITE'],
  ],
  'authenticated-read': [[authenticated, 'READ']],
  'log-delivery-write': [
    [logDelivery, 'WRITE'],
    [logDelivery, 'READ_ACP'],
  ],
};

export const isPublic = (acl: string) => acl.startsWith('public-') || acl === 'authenticated-read';

/** What a list of grants by one of the canned names is. Throws InvalidArgument. */
export function cannedAcl(name: string, accountId: string): string {
  const groups = Object.hasOwn(canned, name) ? canned[name] : undefined;
  if (groups === undefined) throw invalidArgument('The canned ACL is not one of those that S3 has.');
  const owner = flatXml({ ID: canonicalId(accountId) });
  const grants = [
    grant('CanonicalUser', owner, 'FULL_CONTROL'),
    ...groups.map(([group, permission]) => grant('Group', flatXml({ URI: group ?? '' }), permission)),
  ];
  const list = `<Owner>${owner}</Owner><AccessControlList>${grants.join('')}</AccessControlList>`;
  return `<AccessControlPolicy xmlns="${s3Namespace}">${list}</AccessControlPolicy>`;
}

/** Whether a bucket takes ACLs at all: "Controlling ownership of objects", Amazon S3 User Guide. */
export function takesAcls({ settings }: Bucket): boolean {
  const root = readXml(settings.get('ownershipControls') ?? '');
  return root === null || textAt(root, 'Rule', 'ObjectOwnership') !== 'BucketOwnerEnforced';
}

/** Answers for the ACL of a bucket. Throws AccessControlListNotSupported, AccessDenied, MalformedXML, InvalidArgument or NotImplemented. */
export function answerAcl(request: S3Request, bucket: Bucket): S3Answer | null {
  if (request.method === 'GET') return asXml(bucket.settings.get('acl') ?? cannedAcl('private', bucket.accountId));
  if (request.method !== 'PUT') return null;
  if (!takesAcls(bucket)) throw new AwsError('AccessControlListNotSupported', 400, 'The bucket does not allow ACLs');
  if (Object.keys(request.headers).some((name) => name.startsWith('x-amz-grant-'))) throw notHere('ACLs in headers x-amz-grant-…');
  const name = request.headers['x-amz-acl'];
  if (name !== undefined && isPublic(name) && blocks(bucket, 'BlockPublicAcls')) throw s3AccessDenied();
  if (name === undefined) requestDocument(request, 'AccessControlPolicy');
  bucket.settings.set('acl', name === undefined ? request.body.toString('utf8') : cannedAcl(name, bucket.accountId));
  return empty(200);
}

function grant(type: string, grantee: string, permission: string): string {
  return `<Grant><Grantee ${schema} xsi:type="${type}">${grantee}</Grantee><Permission>${permission}</Permission></Grant>`;
}
