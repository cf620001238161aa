import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { outcomeOf, s3Call, type S3Call } from '../clients/s3-call.ts';
import { startLocalAws, type LocalAws } from '../local-aws.ts';

let aws: LocalAws;
let number = 0;
let path: string;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.close());
beforeEach(async () => {
  path = `/bucket-${(number += 1)}`;
  await call({ method: 'PUT' });
});

const call = (asked: S3Call) => s3Call(aws, aws.alice, { path, ...asked });
const outcome = async (asked: S3Call) => outcomeOf(await call(asked));
const put = (name: string, body: string, headers = {}) => outcome({ method: 'PUT', query: { [name]: '' }, body, headers });
const get = async (name: string) => (await call({ query: { [name]: '' } })).text;
const enableVersioning = () => put('versioning', '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>');

const documents: readonly (readonly [name: string, absent: string, body: string])[] = [
  ['accelerate', '200', '<AccelerateConfiguration><Status>Enabled</Status></AccelerateConfiguration>'],
  ['cors', '404 NoSuchCORSConfiguration', '<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>'],
  ['encryption', '200', '<ServerSideEncryptionConfiguration><Rule><BucketKeyEnabled>true</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>'],
  ['lifecycle', '404 NoSuchLifecycleConfiguration', '<LifecycleConfiguration><Rule><ID>a</ID></Rule></LifecycleConfiguration>'],
  ['logging', '200', '<BucketLoggingStatus><LoggingEnabled><TargetBucket>b</TargetBucket></LoggingEnabled></BucketLoggingStatus>'],
  ['notification', '200', '<NotificationConfiguration><EventBridgeConfiguration/></NotificationConfiguration>'],
  [
    'object-lock',
    '404 ObjectLockConfigurationNotFoundError',
    '<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>',
  ],
  ['ownershipControls', '200', '<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>'],
  ['publicAccessBlock', '200', '<PublicAccessBlockConfiguration><BlockPublicAcls>false</BlockPublicAcls></PublicAccessBlockConfiguration>'],
  ['replication', '404 ReplicationConfigurationNotFoundError', '<ReplicationConfiguration><Role>r</Role></ReplicationConfiguration>'],
  ['requestPayment', '200', '<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>'],
  ['tagging', '404 NoSuchTagSet', '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>'],
  ['versioning', '200', '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>'],
  ['website', '404 NoSuchWebsiteConfiguration', '<WebsiteConfiguration><IndexDocument><Suffix>i</Suffix></IndexDocument></WebsiteConfiguration>'],
];

describe.each(documents)('?%s', (name, absent, body) => {
  test(`is ${absent} of a new bucket, and then what was put`, async () => {
    expect(await outcome({ query: { [name]: '' } })).toBe(absent);
    if (name === 'object-lock' || name === 'replication') await enableVersioning();
    expect(await put(name, body)).toBe(name === 'tagging' ? '204' : '200');
    expect(await get(name)).toContain(body);
  });

  test('takes no other document, and nothing that is none', async () => {
    await enableVersioning();
    for (const bad of ['', 'words', '<Other/>', body.slice(0, -1)]) expect(await put(name, bad)).toBe('400 MalformedXML');
  });
});

test('settings that can be deleted are as before afterwards, and an encryption is S3’s own again', async () => {
  const remove = (name: string) => outcome({ method: 'DELETE', query: { [name]: '' } });
  for (const [name, absent, body] of documents.filter(([each]) => ['cors', 'lifecycle', 'tagging', 'website'].includes(each))) {
    await put(name, body);
    expect([await remove(name), await outcome({ query: { [name]: '' } })]).toEqual(['204', absent]);
  }
  await put('encryption', '<ServerSideEncryptionConfiguration><Rule/></ServerSideEncryptionConfiguration>');
  expect([await remove('encryption'), await get('encryption')]).toEqual(['204', expect.stringContaining('<SSEAlgorithm>AES256</SSEAlgorithm>')]);
  expect([await remove('publicAccessBlock'), await outcome({ query: { publicAccessBlock: '' } })]).toEqual(['204', '404 NoSuchPublicAccessBlockConfiguration']);
  expect([await remove('ownershipControls'), await outcome({ query: { ownershipControls: '' } })]).toEqual(['204', '404 OwnershipControlsNotFoundError']);
});

test('replication and Object Lock ask for versions, which cannot be suspended afterwards', async () => {
  const lock = '<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>';
  expect(await put('replication', '<ReplicationConfiguration/>')).toBe('400 InvalidRequest');
  expect(await put('object-lock', lock)).toBe('409 InvalidBucketState');
  await enableVersioning();
  expect(await put('object-lock', lock)).toBe('200');
  expect(await put('versioning', '<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>')).toBe('409 InvalidBucketState');
});

test('a bucket that is made with Object Lock has versions and the lock', async () => {
  path += '-locked';
  await call({ method: 'PUT', headers: { 'x-amz-bucket-object-lock-enabled': 'true' } });
  expect(await get('versioning')).toContain('<Status>Enabled</Status>');
  expect(await get('object-lock')).toContain('<ObjectLockEnabled>Enabled</ObjectLockEnabled>');
});

test('a bucket that is made with tags has them', async () => {
  path += '-tagged';
  const body =
    '<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint><Tags><Tag><Key>a</Key><Value>b</Value></Tag></Tags></CreateBucketConfiguration>';
  await call({ method: 'PUT', body });
  expect(await get('tagging')).toContain('<Tag><Key>a</Key><Value>b</Value></Tag>');
});

test.each([
  ['twice the same key', ['a', 'a']],
  ['a key of AWS’s own', ['aws:a']],
  ['a key that is too long', ['a'.repeat(129)]],
])('tags with %s are refused', async (_, keys) => {
  const tags = keys.map((key) => `<Tag><Key>${key}</Key><Value>b</Value></Tag>`).join('');
  expect(await put('tagging', `<Tagging><TagSet>${tags}</TagSet></Tagging>`)).toBe('400 InvalidTag');
});

test('a lifecycle comes with the size from which objects are moved', async () => {
  const body = '<LifecycleConfiguration><Rule><ID>a</ID></Rule></LifecycleConfiguration>';
  const header = 'x-amz-transition-default-minimum-object-size';
  await put('lifecycle', body);
  expect((await call({ query: { lifecycle: '' } })).headers.get(header)).toBe('all_storage_classes_128K');
  await put('lifecycle', body, { [header]: 'varies_by_storage_class' });
  expect((await call({ query: { lifecycle: '' } })).headers.get(header)).toBe('varies_by_storage_class');
});

describe('?policy', () => {
  const statement = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::222222222222:root' }, Action: 's3:GetObject', Resource: '*' };
  const policy = (more: object = {}) => JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, ...more }] });

  test('is kept as it was written, and gone when it was deleted', async () => {
    expect(await outcome({ query: { policy: '' } })).toBe('404 NoSuchBucketPolicy');
    expect(await put('policy', policy())).toBe('204');
    expect(await get('policy')).toBe(policy());
    expect(await get('policyStatus')).toContain('<IsPublic>false</IsPublic>');
    expect(await outcome({ method: 'DELETE', query: { policy: '' } })).toBe('204');
    expect(await outcome({ query: { policy: '' } })).toBe('404 NoSuchBucketPolicy');
  });

  test('that is no policy is refused', async () => {
    for (const bad of ['', 'words', '{}', '{"Statement": []}', policy({ Effect: 'Perhaps' })]) expect(await put('policy', bad)).toBe('400 MalformedPolicy');
  });

  test('that lets everybody in is refused until the bucket’s block is gone', async () => {
    const open = policy({ Principal: '*' });
    expect(await put('policy', open)).toBe('403 AccessDenied');
    expect(await put('policy', policy({ Principal: { AWS: ['*'] } }))).toBe('403 AccessDenied');
    expect(await put('policy', policy({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': '222222222222' } } }))).toBe('204');
    await call({ method: 'DELETE', query: { publicAccessBlock: '' } });
    expect(await put('policy', open)).toBe('204');
    expect(await get('policyStatus')).toContain('<IsPublic>true</IsPublic>');
  });
});

describe('?acl', () => {
  const asked = (acl: string) => put('acl', '', { 'x-amz-acl': acl });

  test('gives the owner everything, and cannot be changed where the owner is enforced', async () => {
    expect(await get('acl')).toMatch(/<Owner><ID>[\da-f]{64}<\/ID><\/Owner>.*<Permission>FULL_CONTROL<\/Permission>/);
    expect(await asked('private')).toBe('400 AccessControlListNotSupported');
  });

  test('takes the canned ones elsewhere, and a public one only without the block', async () => {
    await put('ownershipControls', '<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>');
    expect(await asked('log-delivery-write')).toBe('200');
    expect(await get('acl')).toContain('<URI>http://acs.amazonaws.com/groups/s3/LogDelivery</URI>');
    expect(await asked('public-read')).toBe('403 AccessDenied');
    await call({ method: 'DELETE', query: { publicAccessBlock: '' } });
    expect(await asked('public-read')).toBe('200');
    expect(await get('acl')).toContain('<URI>http://acs.amazonaws.com/groups/global/AllUsers</URI>');
    expect(await asked('for-my-friends')).toBe('400 InvalidArgument');
    expect(await put('acl', '', { 'x-amz-grant-read': 'id=x' })).toBe('501 NotImplemented');
    const own = (await get('acl')).replace(/<Grant>.*<\/Grant>/, '');
    expect(await put('acl', own)).toBe('200');
    expect(await get('acl')).toBe(own);
  });

  test('of a new bucket cannot be open to others', async () => {
    path += '-open';
    const made = (headers: Record<string, string>) => outcome({ method: 'PUT', headers });
    expect(await made({ 'x-amz-acl': 'log-delivery-write' })).toBe('400 InvalidBucketAclWithObjectOwnership');
    expect(await made({ 'x-amz-acl': 'public-read', 'x-amz-object-ownership': 'ObjectWriter' })).toBe('403 AccessDenied');
    expect(await made({ 'x-amz-acl': 'log-delivery-write', 'x-amz-object-ownership': 'ObjectWriter' })).toBe('200');
  });
});
