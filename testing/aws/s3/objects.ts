import { AwsError } from '../wire/aws-error.ts';
import { childrenOf, textAt } from '../wire/read-xml.ts';
import { cannedAcl } from './acl.ts';
import type { Bucket, Buckets, S3Object } from './bucket.ts';
import { checkRead, checkWrite } from './conditions.ts';
import { current, find, put, remove, replace, versioningOf } from './object-versions.ts';
import { invalidRequest, malformedXml, notHere } from './s3-error.ts';
import { asXml, document, empty, requestDocument, type S3Answer, type S3Request } from './s3-request.ts';
import { headerTags, readTags, tagSet } from './tags.ts';

/** What stays with an object and comes back with it. */
const kept =
  /^(?:content-(?:type|disposition|encoding|language)|cache-control|expires|x-amz-(?:meta-.+|website-redirect-location|storage-class|checksum-(?!algorithm|mode).+|server-side-encryption.*))$/;
const unknownHeaders = /^x-amz-(?:object-lock-|server-side-encryption-customer-|copy-source-|grant-)/;

/** Answers for an object. Throws AwsError; null where S3 has no such method. */
export function answerObject(request: S3Request & { readonly key: string }, bucket: Bucket, buckets: Buckets): S3Answer | null {
  const { method, query, headers } = request;
  const unknown = Object.keys(headers).find((name) => unknownHeaders.test(name));
  if (unknown !== undefined) throw notHere(`what ${unknown} asks for`);
  if (query('tagging') !== null) return answerTags(request, bucket);
  if (query('acl') !== null) return method === 'GET' ? asXml(cannedAcl('private', bucket.accountId)) : null;
  if (method === 'GET' || method === 'HEAD') return read(request, find(bucket, request.key, query('versionId')), bucket);
  if (method === 'PUT') return headers['x-amz-copy-source'] === undefined ? write(request, bucket) : copy(request, bucket, buckets);
  if (method !== 'DELETE') return null;
  if (headers['if-match'] !== undefined) throw notHere('conditional deletions');
  return empty(204, deletionHeaders(remove(bucket, request.key, query('versionId'), request.now)));
}

/** DeleteObjects: Amazon S3 API reference. Throws MalformedXML. */
export function deleteObjects(request: S3Request, bucket: Bucket): S3Answer {
  const root = requestDocument(request, 'Delete');
  const asked = childrenOf(root, 'Object').map((object) => ({ key: textAt(object, 'Key'), versionId: textAt(object, 'VersionId') }));
  if (asked.length === 0 || asked.length > 1_000) throw malformedXml();
  const deleted = asked.map(({ key, versionId }) => {
    if (key === null) throw malformedXml();
    const gone = remove(bucket, key, versionId, request.now);
    const marker = gone.isMarker ? { DeleteMarker: true, DeleteMarkerVersionId: gone.versionId } : {};
    return { Key: key, VersionId: versionId, ...marker };
  });
  return document('DeleteResult', textAt(root, 'Quiet') === 'true' ? null : { Deleted: deleted });
}

function read(request: S3Request, version: S3Object, bucket: Bucket): S3Answer {
  const { headers } = request;
  const described = {
    etag: `"${version.etag}"`,
    'last-modified': new Date(version.modifiedAt).toUTCString(),
    ...versionHeader(bucket, version),
  };
  if (checkRead(headers, version) === 'not-modified') return empty(304, described);
  const all = {
    'content-type': 'binary/octet-stream',
    ...shown(version, headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED'),
    ...described,
    'accept-ranges': 'bytes',
    ...(version.tags.length === 0 ? {} : { 'x-amz-tagging-count': version.tags.length }),
  };
  const range = rangeOf(headers['range'], version.body.length);
  if (range === null) return { status: 200, headers: { ...all, 'content-length': version.body.length }, body: version.body };
  const part = version.body.subarray(range.from, range.to + 1);
  const contentRange = `bytes ${range.from}-${range.to}/${version.body.length}`;
  return { status: 206, headers: { ...all, 'content-length': part.length, 'content-range': contentRange }, body: part };
}

function write(request: S3Request & { readonly key: string }, bucket: Bucket): S3Answer {
  const { key, body, headers, now } = request;
  checkWrite(headers, current(bucket, key));
  const version = put(bucket, { key, body, modifiedAt: now, headers: keptHeaders(headers), tags: headerTags(headers['x-amz-tagging']) });
  return empty(200, { etag: `"${version.etag}"`, ...versionHeader(bucket, version), ...ofStorage(version) });
}

/** CopyObject: Amazon S3 API reference. */
function copy(request: S3Request & { readonly key: string }, bucket: Bucket, buckets: Buckets): S3Answer {
  const { key, headers, accountId, now } = request;
  const [path = '', versionId] = (headers['x-amz-copy-source'] ?? '').replace(/^\//, '').split('?versionId=');
  const [, sourceBucket = '', sourceKey = ''] = /^([^/]+)\/(.+)$/s.exec(decodeURIComponent(path)) ?? [];
  const source = find(buckets.of(sourceBucket, accountId), sourceKey, versionId ?? null);
  const [isNewData, isNewTags] = ['x-amz-metadata-directive', 'x-amz-tagging-directive'].map((name) => headers[name] === 'REPLACE');
  if (source === current(bucket, key) && isNewData !== true) {
    throw invalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  const version = put(bucket, {
    key,
    body: source.body,
    modifiedAt: now,
    headers: isNewData === true ? keptHeaders(headers) : source.headers,
    tags: isNewTags === true ? headerTags(headers['x-amz-tagging']) : source.tags,
  });
  const result = { LastModified: new Date(now).toISOString(), ETag: `"${version.etag}"` };
  return document('CopyObjectResult', result, versionHeader(bucket, version));
}

function answerTags(request: S3Request & { readonly key: string }, bucket: Bucket): S3Answer | null {
  const version = find(bucket, request.key, request.query('versionId'));
  const header = versionHeader(bucket, version);
  if (request.method === 'GET') return document('Tagging', tagSet(version.tags), header);
  if (request.method === 'PUT') {
    replace(bucket, version, { ...version, tags: readTags(childrenOf(requestDocument(request, 'Tagging'), 'TagSet')[0]) });
    return empty(200, header);
  }
  if (request.method !== 'DELETE') return null;
  replace(bucket, version, { ...version, tags: [] });
  return empty(204, header);
}

function keptHeaders(headers: S3Request['headers']): Readonly<Record<string, string>> {
  const found = Object.entries(headers).filter(([name]) => kept.test(name));
  const encoding = headers['content-encoding']
    ?.split(',')
    .map((word) => word.trim())
    .filter((word) => word !== 'aws-chunked')
    .join(',');
  const { 'content-encoding': _, ...rest } = Object.fromEntries(found);
  return { 'x-amz-server-side-encryption': 'AES256', ...rest, ...(encoding ? { 'content-encoding': encoding } : {}) };
}

const isChecksum = (name: string) => name.startsWith('x-amz-checksum-');

/** The headers of an object. Its checksums come only to those who ask for them. */
function shown({ headers }: S3Object, hasChecksums: boolean): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name, value]) => (hasChecksums || !isChecksum(name)) && value !== 'STANDARD'));
}

/** What the answer to a PUT says of how an object is kept. */
function ofStorage({ headers }: S3Object): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => isChecksum(name) || name.startsWith('x-amz-server-side-encryption')));
}

function versionHeader(bucket: Bucket, { versionId }: S3Object): Readonly<Record<string, string>> {
  return versioningOf(bucket) === null ? {} : { 'x-amz-version-id': versionId };
}

function deletionHeaders({ versionId, isMarker }: ReturnType<typeof remove>): Readonly<Record<string, string>> {
  return { ...(versionId === null ? {} : { 'x-amz-version-id': versionId }), ...(isMarker ? { 'x-amz-delete-marker': 'true' } : {}) };
}

/** The first and last byte of a range; null for the whole. Throws InvalidRange for one beyond the end. */
function rangeOf(header: string | undefined, length: number): { readonly from: number; readonly to: number } | null {
  const [, first = '', end = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && end === '') return null;
  const from = first === '' ? Math.max(0, length - Number(end)) : Number(first);
  const to = first === '' || end === '' ? length - 1 : Math.min(Number(end), length - 1);
  if (from >= length || to < from) throw new AwsError('InvalidRange', 416, 'The requested range is not satisfiable');
  return { from, to };
}
