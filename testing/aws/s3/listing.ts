import type { XmlContent } from '../wire/xml.ts';
import { canonicalId, type Bucket, type S3Object } from './bucket.ts';
import { invalidArgument } from './s3-error.ts';
import { document, type S3Answer, type S3Request } from './s3-request.ts';

const pageSize = 1_000;

type Place = { readonly key: string; readonly versionId: string | null };
type Page = {
  readonly listed: readonly S3Object[];
  readonly prefixes: readonly string[];
  /** The last thing of this page where there are more; null at the end. */
  readonly last: Place | null;
};

/** ListObjectsV2, and its predecessor without `list-type`: Amazon S3 API reference. */
export function listObjects(request: S3Request, bucket: Bucket): S3Answer {
  const { query } = request;
  const isSecond = query('list-type') === '2';
  const token = query('continuation-token');
  const after = isSecond ? (token === null ? query('start-after') : fromToken(token)) : query('marker');
  const newest = sorted(bucket)
    .flatMap(([, versions]) => versions.slice(0, 1))
    .filter(({ kind }) => kind === 'object');
  const page = pageOf(request, newest, after === null || after === '' ? null : { key: after, versionId: null });
  const owner = !isSecond || query('fetch-owner') === 'true' ? { Owner: { ID: canonicalId(bucket.accountId) } } : {};
  const next = isSecond
    ? { KeyCount: page.listed.length + page.prefixes.length, ContinuationToken: token, NextContinuationToken: page.last && toToken(page.last.key) }
    : { Marker: query('marker') ?? '', NextMarker: page.last && query('delimiter') !== null ? encoded(request, page.last.key) : null };
  return document('ListBucketResult', {
    ...head(request, bucket, page),
    ...next,
    ...(isSecond ? { StartAfter: query('start-after') } : {}),
    Contents: page.listed.map((version) => ({ ...described(request, version), Size: version.body.length, ...owner, StorageClass: storageClass(version) })),
    CommonPrefixes: commonPrefixes(request, page),
  });
}

/** ListObjectVersions: Amazon S3 API reference. */
export function listVersions(request: S3Request, bucket: Bucket): S3Answer {
  const marker = request.query('key-marker');
  const start = marker === null || marker === '' ? null : { key: marker, versionId: request.query('version-id-marker') || null };
  const page = pageOf(
    request,
    sorted(bucket).flatMap(([, versions]) => versions),
    start,
  );
  const row = (version: S3Object) => {
    const isLatest = bucket.versions.get(version.key)?.[0] === version;
    return { ...described(request, version), VersionId: version.versionId, IsLatest: isLatest, Owner: { ID: canonicalId(bucket.accountId) } };
  };
  const ofKind = (kind: S3Object['kind']) => page.listed.filter((version) => version.kind === kind);
  return document('ListVersionsResult', {
    ...head(request, bucket, page),
    KeyMarker: marker ?? '',
    VersionIdMarker: request.query('version-id-marker') ?? '',
    NextKeyMarker: page.last && encoded(request, page.last.key),
    NextVersionIdMarker: page.last?.versionId ?? null,
    Version: ofKind('object').map((version) => ({ ...row(version), Size: version.body.length, StorageClass: storageClass(version) })),
    DeleteMarker: ofKind('delete-marker').map((version) => row(version)),
    CommonPrefixes: commonPrefixes(request, page),
  });
}

function pageOf(request: S3Request, all: readonly S3Object[], start: Place | null): Page {
  const [prefix, delimiter, limit] = [request.query('prefix') ?? '', request.query('delimiter') ?? '', maxKeys(request)];
  const [listed, prefixes]: [S3Object[], string[]] = [[], []];
  let last: Place | null = null;
  for (const version of afterStart(all, start, delimiter)) {
    if (!version.key.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : version.key.indexOf(delimiter, prefix.length);
    const group = end < 0 ? null : version.key.slice(0, end + delimiter.length);
    if (group !== null && prefixes.includes(group)) continue;
    if (listed.length + prefixes.length === limit) return { listed, prefixes, last };
    if (group === null) listed.push(version);
    else prefixes.push(group);
    last = group === null ? { key: version.key, versionId: version.versionId } : { key: group, versionId: null };
  }
  return { listed, prefixes, last: null };
}

/** What comes after a place: after a version of a key come its older ones, after a group nothing of the group. */
function afterStart(all: readonly S3Object[], start: Place | null, delimiter: string): readonly S3Object[] {
  if (start === null) return all;
  const { key, versionId } = start;
  const isInGroup = (other: string) => delimiter !== '' && key.endsWith(delimiter) && other.startsWith(key);
  const at = versionId === null ? -1 : all.findIndex((version) => version.key === key && version.versionId === versionId);
  return at < 0 ? all.filter((version) => compareKeys(version.key, key) > 0 && !isInGroup(version.key)) : all.slice(at + 1);
}

function sorted({ versions }: Bucket): readonly (readonly [string, readonly S3Object[]])[] {
  return [...versions].toSorted(([one], [other]) => compareKeys(one, other));
}

/** S3 sorts keys by their bytes. */
const compareKeys = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));

function maxKeys({ query }: S3Request): number {
  const asked = query('max-keys');
  if (asked === null) return pageSize;
  if (!/^\d+$/.test(asked)) throw invalidArgument('Provided max-keys not an integer or within integer range');
  return Math.min(Number(asked), pageSize);
}

function head(request: S3Request, bucket: Bucket, page: Page): Readonly<Record<string, XmlContent>> {
  const { query } = request;
  const delimiter = query('delimiter');
  return {
    Name: bucket.name,
    Prefix: encoded(request, query('prefix') ?? ''),
    Delimiter: delimiter === null ? null : encoded(request, delimiter),
    EncodingType: query('encoding-type'),
    MaxKeys: maxKeys(request),
    IsTruncated: page.last !== null,
  };
}

function described(request: S3Request, { key, etag, modifiedAt, kind }: S3Object): Readonly<Record<string, XmlContent>> {
  const lastModified = new Date(modifiedAt).toISOString();
  return { Key: encoded(request, key), LastModified: lastModified, ETag: kind === 'object' ? `"${etag}"` : null };
}

const commonPrefixes = (request: S3Request, { prefixes }: Page) => prefixes.map((prefix) => ({ Prefix: encoded(request, prefix) }));

const storageClass = ({ headers }: S3Object) => headers['x-amz-storage-class'] ?? 'STANDARD';

/** With `encoding-type=url` a key may hold what XML cannot. */
function encoded({ query }: S3Request, text: string): string {
  return query('encoding-type') === 'url' ? text.split('/').map(encodeURIComponent).join('/') : text;
}

const toToken = (key: string) => Buffer.from(key).toString('base64url');
const fromToken = (token: string) => Buffer.from(token, 'base64url').toString('utf8');
