import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { outcomeOf, s3Call, type S3Call } from '../clients/s3-call.ts';
import { startLocalAws, type LocalAws } from '../local-aws.ts';

let aws: LocalAws;
let number = 0;
let bucket: string;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.close());
beforeEach(async () => {
  bucket = `/bucket-${(number += 1)}`;
  await call('', { method: 'PUT' });
});

const call = (key: string, asked: S3Call = {}) => s3Call(aws, aws.alice, { path: `${bucket}${key}`, ...asked });
const put = (key: string, body: string, headers = {}) => call(key, { method: 'PUT', body, headers });
const outcome = async (key: string, asked: S3Call = {}) => outcomeOf(await call(key, asked));
const putOutcome = (key: string, body: string, headers = {}) => outcome(key, { method: 'PUT', body, headers });
const keepVersions = (status = 'Enabled') =>
  call('', { method: 'PUT', query: { versioning: '' }, body: `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>` });
const texts = (text: string, element: string) => [...text.matchAll(new RegExp(`<${element}>([^<]*)<`, 'g'))].map(([, inner]) => inner);

test('an object comes back with its bytes, type and metadata', async () => {
  const md5 = '"9ed39e2ea931586b6a985a6942ef573e"';
  expect((await put('/a%20b/%E3%81%82', 'state', { 'content-type': 'application/json', 'x-amz-meta-of': 'me' })).headers.get('etag')).toBe(md5);
  const { status, headers, text } = await call('/a%20b/%E3%81%82');
  expect([status, text]).toEqual([200, 'state']);
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'application/json',
    'x-amz-meta-of': 'me',
    'x-amz-server-side-encryption': 'AES256',
    'content-length': '5',
    etag: md5,
  });
  expect(Math.abs(Date.parse(headers.get('last-modified') ?? '') - Date.now())).toBeLessThan(60_000);
  expect((await call('/a%20b/%E3%81%82', { method: 'HEAD' })).headers.get('content-length')).toBe('5');
});

test('a checksum comes back to those who ask for it', async () => {
  await put('/key', '123456789', { 'x-amz-checksum-crc32': 'y/Q5Jg==' });
  const read = async (headers: Record<string, string>) => (await call('/key', { method: 'HEAD', headers })).headers.get('x-amz-checksum-crc32');
  expect([await read({}), await read({ 'x-amz-checksum-mode': 'ENABLED' })]).toEqual([null, 'y/Q5Jg==']);
});

test('an object that is not there is 404, and its deletion is no error', async () => {
  expect(await outcome('/none')).toBe('404 NoSuchKey');
  expect(await outcome('/none', { method: 'HEAD' })).toBe('404');
  expect(await outcome('/none', { method: 'DELETE' })).toBe('204');
});

test.each([
  ['bytes=0-1', 206, 'st', 'bytes 0-1/5'],
  ['bytes=3-99', 206, 'te', 'bytes 3-4/5'],
  ['bytes=2-', 206, 'ate', 'bytes 2-4/5'],
  ['bytes=-2', 206, 'te', 'bytes 3-4/5'],
  ['bytes=0-1,3-4', 200, 'state', null],
  ['lines=1', 200, 'state', null],
])('the range %s is answered with %i %j', async (range, status, text, contentRange) => {
  await put('/key', 'state');
  const read = await call('/key', { headers: { range } });
  expect([read.status, read.text, read.headers.get('content-range')]).toEqual([status, text, contentRange]);
});

test('a range beyond the end is refused', async () => {
  await put('/key', 'state');
  expect(await outcome('/key', { headers: { range: 'bytes=5-' } })).toBe('416 InvalidRange');
});

describe('conditions', () => {
  test('a lock file is written once, and again when it was deleted', async () => {
    const lock = () => putOutcome('/state.tflock', 'me', { 'if-none-match': '*' });
    expect([await lock(), await lock()]).toEqual(['200', '412 PreconditionFailed']);
    await call('/state.tflock', { method: 'DELETE' });
    expect(await lock()).toBe('200');
  });

  test('of many who write it at the same time one has it', async () => {
    const written = await Promise.all(Array.from({ length: 20 }, (_, at) => putOutcome('/state.tflock', `${at}`, { 'if-none-match': '*' })));
    expect(written.filter((each) => each === '200')).toHaveLength(1);
  });

  test('an object is replaced only where it is the one that is named', async () => {
    expect(await putOutcome('/key', 'a', { 'if-match': '"x"' })).toBe('404 NoSuchKey');
    const { headers } = await put('/key', 'a');
    expect(await putOutcome('/key', 'b', { 'if-match': '"x"' })).toBe('412 PreconditionFailed');
    expect(await putOutcome('/key', 'b', { 'if-match': headers.get('etag') ?? '' })).toBe('200');
    expect(await putOutcome('/key', 'b', { 'if-none-match': '"x"' })).toBe('501 NotImplemented');
  });

  test('an object is read only where the conditions hold', async () => {
    const etag = (await put('/key', 'a')).headers.get('etag') ?? '';
    const read = (headers: Record<string, string>) => outcome('/key', { headers });
    const [past, future] = [-1, 1].map((days) => new Date(Date.now() + days * 86_400_000).toUTCString());
    expect(await read({ 'if-match': etag })).toBe('200');
    expect(await read({ 'if-match': '"x"' })).toBe('412 PreconditionFailed');
    expect(await read({ 'if-none-match': etag })).toBe('304');
    expect(await read({ 'if-none-match': '"x"' })).toBe('200');
    expect(await read({ 'if-modified-since': future ?? '' })).toBe('304');
    expect(await read({ 'if-modified-since': past ?? '' })).toBe('200');
    expect(await read({ 'if-unmodified-since': past ?? '' })).toBe('412 PreconditionFailed');
    expect(await outcome('/key', { method: 'DELETE', headers: { 'if-match': etag } })).toBe('501 NotImplemented');
  });
});

describe('versions', () => {
  test('are kept, read and deleted one by one, and a deletion leaves a marker', async () => {
    await keepVersions();
    const [first, second] = [await put('/key', 'one'), await put('/key', 'two')].map(({ headers }) => headers.get('x-amz-version-id') ?? '');
    expect((await call('/key')).text).toBe('two');
    expect((await call('/key', { query: { versionId: first ?? '' } })).text).toBe('one');
    const deleted = (await call('/key', { method: 'DELETE' })).headers;
    expect(deleted.get('x-amz-delete-marker')).toBe('true');
    const marker = deleted.get('x-amz-version-id') ?? '';
    expect(await outcome('/key')).toBe('404 NoSuchKey');
    expect(await outcome('/key', { query: { versionId: marker } })).toBe('405 MethodNotAllowed');
    const { text } = await call('', { query: { versions: '' } });
    expect(texts(text, 'VersionId')).toEqual([second, first, marker]);
    expect(texts(text, 'IsLatest')).toEqual(['false', 'false', 'true']);
    expect(await outcome('', { method: 'DELETE' })).toBe('409 BucketNotEmpty');
    await call('/key', { method: 'DELETE', query: { versionId: marker } });
    expect((await call('/key')).text).toBe('two');
    expect(await outcome('/key', { query: { versionId: 'none' } })).toBe('404 NoSuchVersion');
  });

  test('what is written while they are suspended replaces what was written without one', async () => {
    await put('/key', 'before');
    await keepVersions();
    await put('/key', 'kept');
    await keepVersions('Suspended');
    expect((await put('/key', 'after')).headers.get('x-amz-version-id')).toBe('null');
    const { text } = await call('', { query: { versions: '' } });
    expect(texts(text, 'VersionId').map((id) => id === 'null')).toEqual([true, false]);
    expect((await call('/key', { query: { versionId: 'null' } })).text).toBe('after');
  });
});

describe('lists', () => {
  const keys = ['a', 'b/1', 'b/2', 'c/1', 'd', '~', 'é'];
  beforeEach(async () => {
    for (const key of keys) await put(`/${encodeURIComponent(key).replaceAll('%2F', '/')}`, key);
  });
  const list = async (query: Record<string, string>) => (await call('', { query })).text;

  test('have the keys in the order of their bytes', async () => {
    const text = await list({ 'list-type': '2' });
    expect(texts(text, 'Key')).toEqual(keys);
    expect(texts(text, 'KeyCount')).toEqual(['7']);
    expect(texts(await list({}), 'Key')).toEqual(keys);
    expect(texts(await list({ 'list-type': '2', 'encoding-type': 'url', prefix: 'é' }), 'Key')).toEqual(['%C3%A9']);
  });

  test('are grouped by a delimiter, and limited by a prefix', async () => {
    const text = await list({ 'list-type': '2', delimiter: '/' });
    expect([texts(text, 'Key'), texts(text, 'Prefix').filter(Boolean)]).toEqual([
      ['a', 'd', '~', 'é'],
      ['b/', 'c/'],
    ]);
    expect(texts(await list({ 'list-type': '2', prefix: 'b/', delimiter: '/' }), 'Key')).toEqual(['b/1', 'b/2']);
  });

  test.each([{ 'list-type': '2' }, {}])('with %j are read page after page to the end, and no key twice', async (kind: Record<string, string>) => {
    const found: string[] = [];
    let next: Record<string, string> = {};
    for (let pages = 0; pages < 10; pages += 1) {
      const text = await list({ ...kind, delimiter: '/', 'max-keys': '2', ...next });
      found.push(...texts(text, 'Key').map(String), ...texts(text, 'Prefix').map(String).filter(Boolean));
      const [token] = texts(text, 'list-type' in kind ? 'NextContinuationToken' : 'NextMarker');
      if (token === undefined) break;
      next = { ['list-type' in kind ? 'continuation-token' : 'marker']: token };
    }
    expect(found).toEqual(['a', 'b/', 'd', 'c/', '~', 'é'].toSorted((one, other) => found.indexOf(one) - found.indexOf(other)));
    expect(found).toHaveLength(6);
  });

  test('of versions are read page after page too', async () => {
    await keepVersions();
    for (const body of ['1', '2', '3']) await put('/b/1', body);
    const found: unknown[] = [];
    let next: Record<string, string> = {};
    for (let pages = 0; pages < 10; pages += 1) {
      const text = await list({ versions: '', 'max-keys': '3', ...next });
      found.push(...texts(text, 'Key'));
      const [[key], [version]] = [texts(text, 'NextKeyMarker'), texts(text, 'NextVersionIdMarker')];
      if (key === undefined) break;
      next = { 'key-marker': key, 'version-id-marker': version ?? '' };
    }
    expect(found).toEqual(['a', 'b/1', 'b/1', 'b/1', 'b/1', ...keys.slice(2)]);
  });

  test('refuse a size that is no number', async () => {
    expect(await outcome('', { query: { 'max-keys': 'many' } })).toBe('400 InvalidArgument');
  });

  test('many objects are deleted at once', async () => {
    const body = `<Delete>${keys.map((key) => `<Object><Key>${key}</Key></Object>`).join('')}</Delete>`;
    const { text } = await call('', { method: 'POST', query: { delete: '' }, body });
    expect(texts(text, 'Key')).toEqual(keys);
    expect(texts(await list({}), 'Key')).toEqual([]);
    expect(await outcome('', { method: 'POST', query: { delete: '' }, body: '<Delete/>' })).toBe('400 MalformedXML');
  });
});

describe('copies', () => {
  test('have the bytes and the metadata, or other metadata where these are asked for', async () => {
    await put('/key', 'state', { 'x-amz-meta-of': 'me' });
    const source = { 'x-amz-copy-source': `${bucket}/key` };
    expect((await put('/copy', '', source)).text).toContain('<CopyObjectResult');
    const copied = await call('/copy');
    expect([copied.text, copied.headers.get('x-amz-meta-of')]).toEqual(['state', 'me']);
    await put('/copy', '', { ...source, 'x-amz-metadata-directive': 'REPLACE', 'x-amz-meta-of': 'you' });
    expect((await call('/copy')).headers.get('x-amz-meta-of')).toBe('you');
    expect(await putOutcome('/key', '', source)).toBe('400 InvalidRequest');
    expect(await putOutcome('/copy', '', { 'x-amz-copy-source': `${bucket}/none` })).toBe('404 NoSuchKey');
  });

  test('are not made of what is in another account', async () => {
    await s3Call(aws, aws.bob, { method: 'PUT', path: '/of-bob' });
    await s3Call(aws, aws.bob, { method: 'PUT', path: '/of-bob/key', body: 'secret' });
    expect(await putOutcome('/copy', '', { 'x-amz-copy-source': '/of-bob/key' })).toBe('403 AccessDenied');
  });
});

test('tags of an object are written with it or later, counted, and deleted', async () => {
  await put('/key', 'state', { 'x-amz-tagging': 'a=1&b=2' });
  const tags = async () => texts((await call('/key', { query: { tagging: '' } })).text, 'Key');
  expect(await tags()).toEqual(['a', 'b']);
  expect((await call('/key')).headers.get('x-amz-tagging-count')).toBe('2');
  const body = '<Tagging><TagSet><Tag><Key>c</Key><Value>3</Value></Tag></TagSet></Tagging>';
  expect(await outcome('/key', { method: 'PUT', query: { tagging: '' }, body })).toBe('200');
  expect(await tags()).toEqual(['c']);
  expect(await outcome('/key', { method: 'DELETE', query: { tagging: '' } })).toBe('204');
  expect(await tags()).toEqual([]);
  expect(await putOutcome('/key', 'state', { 'x-amz-tagging': 'a=1&a=2' })).toBe('400 InvalidTag');
});
