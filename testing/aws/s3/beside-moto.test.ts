import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { s3Call, type S3Call } from '../clients/s3-call.ts';
import { startLocalAws, type LocalAws } from '../local-aws.ts';
import { startMoto, type Moto } from '../services/moto.ts';
import { readXml, type XmlElement } from '../wire/read-xml.ts';

// The same calls, to the S3 of these tests and to moto, which somebody else has written from S3's documents.

let aws: LocalAws;
let moto: Moto | null = null;
beforeAll(async () => {
  [aws, moto] = await Promise.all([startLocalAws(), startMoto()]);
}, 60_000);
afterAll(async () => {
  await Promise.all([aws.close(), moto?.close()]);
});
beforeEach((context) => {
  context.skip(moto === null, 'moto_server is not installed');
});

/** What each of the two makes up for itself, and what moto says of owners and of classes though nobody asked. */
const own = ['RequestId', 'HostId', 'CreationDate', 'LastModified', 'ID', 'DisplayName', 'VersionId', 'VersionIdMarker', 'Message', 'Resource', 'Owner'];
/** What moto leaves out, or adds, where S3's pages say otherwise. */
const otherwise = [
  'BucketName',
  'Key0',
  'ChecksumAlgorithm',
  'ChecksumType',
  'StartAfter',
  'Marker',
  'KeyMarker',
  'EncodingType',
  'Delimiter',
  'NextVersionIdMarker',
];

/** An element and what is in it, whatever the order of the names. */
function shape({ name, text, children }: XmlElement): string {
  const inner = children.filter((child) => ![...own, ...otherwise].includes(child.name)).toSorted((one, other) => one.name.localeCompare(other.name));
  return `${name}(${children.length === 0 ? text.trim() : inner.map(shape).join(' ')})`;
}

async function ask(endpoint: string, call: S3Call) {
  const headers = endpoint === aws.endpoint ? call.headers : { ...call.headers, 'x-moto-account-id': '111111111111' };
  const { status, headers: answered, text } = await s3Call({ endpoint, region: aws.region }, aws.alice, { ...call, ...(headers && { headers }) });
  const root = readXml(text);
  const error = root?.name === 'Error' ? root.children.find(({ name }) => name === 'Code')?.text : undefined;
  // moto writes an ETag into the head of a copy's answer too, and roots of its own instead of S3's.
  const heads = [...(root === null ? ['etag'] : []), 'content-range', 'x-amz-meta-of', 'x-amz-delete-marker'];
  const said = error ?? (root === null ? text : shape({ ...root, name: '' }));
  return { said: [status, ...heads.map((name) => answered.get(name) ?? '-'), said].join(' ') };
}

const xml = (name: string, body: string): S3Call => ({ method: 'PUT', path: '/one', query: { [name]: '' }, body });
const get = (name: string): S3Call => ({ path: '/one', query: { [name]: '' } });
const remove = (name: string): S3Call => ({ method: 'DELETE', path: '/one', query: { [name]: '' } });

const ofBuckets: readonly S3Call[] = [
  {},
  { method: 'HEAD', path: '/one' },
  { path: '/one' },
  { method: 'PUT', path: '/one' },
  {},
  { method: 'HEAD', path: '/one' },
  { path: '/one', query: { 'list-type': '2' } },
  { method: 'PUT', path: '/ab' },
  ...['location', 'versioning', 'logging', 'accelerate', 'notification'].map(get),
  ...['tagging', 'policy', 'cors', 'website', 'lifecycle', 'replication', 'object-lock'].map(get),
  xml('tagging', '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>'),
  get('tagging'),
  remove('tagging'),
  get('tagging'),
  xml('tagging', '<Tagging><TagSet><Tag><Key>aws:a</Key><Value>b</Value></Tag></TagSet></Tagging>'),
  xml('tagging', '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag><Tag><Key>a</Key><Value>c</Value></Tag></TagSet></Tagging>'),
  xml('versioning', '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>'),
  get('versioning'),
  xml('cors', '<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin></CORSRule></CORSConfiguration>'),
  get('cors'),
  remove('cors'),
  get('cors'),
  xml('website', '<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument></WebsiteConfiguration>'),
  get('website'),
  remove('website'),
  get('website'),
  xml(
    'publicAccessBlock',
    '<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>false</BlockPublicPolicy><RestrictPublicBuckets>false</RestrictPublicBuckets></PublicAccessBlockConfiguration>',
  ),
  get('publicAccessBlock'),
  remove('publicAccessBlock'),
  get('publicAccessBlock'),
  xml('ownershipControls', '<OwnershipControls><Rule><ObjectOwnership>BucketOwnerPreferred</ObjectOwnership></Rule></OwnershipControls>'),
  get('ownershipControls'),
  remove('ownershipControls'),
  get('ownershipControls'),
  { method: 'DELETE', path: '/one' },
  { path: '/one' },
  { method: 'DELETE', path: '/one' },
];

const key = (more: S3Call = {}): S3Call => ({ path: '/one/a/key', ...more });
const list = (query: Record<string, string>): S3Call => ({ path: '/one', query });

const ofObjects: readonly S3Call[] = [
  key(),
  key({ method: 'PUT', body: 'x' }),
  { method: 'PUT', path: '/one' },
  key(),
  key({ method: 'HEAD' }),
  key({ method: 'DELETE' }),
  key({ method: 'PUT', body: 'state', headers: { 'x-amz-meta-of': 'me', 'content-type': 'application/json' } }),
  key(),
  key({ method: 'HEAD' }),
  key({ headers: { range: 'bytes=1-2' } }),
  key({ headers: { range: 'bytes=3-' } }),
  key({ method: 'PUT', body: 'other', headers: { 'if-none-match': '*' } }),
  key(),
  key({ headers: { 'if-match': '"x"' } }),
  { method: 'PUT', path: '/one/b', body: 'b' },
  { method: 'PUT', path: '/one/a/other', body: 'c' },
  list({ 'list-type': '2' }),
  list({ 'list-type': '2', prefix: 'a/' }),
  list({ 'list-type': '2', delimiter: '/' }),
  list({ 'list-type': '2', prefix: 'none' }),
  { method: 'DELETE', path: '/one' },
  key({ method: 'PUT', query: { tagging: '' }, body: '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>' }),
  key({ query: { tagging: '' } }),
  { method: 'PUT', path: '/one/copy', headers: { 'x-amz-copy-source': '/one/a/key' } },
  { path: '/one/copy' },
  { method: 'POST', path: '/one', query: { delete: '' }, body: '<Delete><Object><Key>a/key</Key></Object><Object><Key>b</Key></Object></Delete>' },
  list({ 'list-type': '2' }),
  key(),
  { method: 'DELETE', path: '/one/a/other' },
  { method: 'DELETE', path: '/one/copy' },
  { method: 'DELETE', path: '/one' },
];

test.each([
  ['buckets', ofBuckets],
  ['objects', ofObjects],
])(
  'calls about %s are answered as moto answers them',
  async (_, calls) => {
    const endpoint = `http://127.0.0.1:${moto?.port}`;
    for (const call of calls) {
      const [mine, others] = [await ask(aws.endpoint, call), await ask(endpoint, call)];
      expect.soft({ call, ...mine }).toEqual({ call, ...others });
    }
  },
  60_000,
);
