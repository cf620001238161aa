import { createHash, randomBytes } from 'node:crypto';
import type { Bucket, S3Object } from './bucket.ts';
import { textAt, readXml } from '../wire/read-xml.ts';
import { methodNotAllowed, noSuchKey, noSuchVersion } from './s3-error.ts';

export type Written = Pick<S3Object, 'key' | 'body' | 'modifiedAt' | 'headers' | 'tags'>;

/** Whether a bucket keeps versions: `Enabled`, `Suspended`, or null where it never did. */
export function versioningOf(bucket: Bucket): string | null {
  const root = readXml(bucket.settings.get('versioning') ?? '');
  return root && textAt(root, 'Status');
}

/** The newest version of a key, if it is no marker. */
export function current(bucket: Bucket, key: string): S3Object | null {
  const newest = bucket.versions.get(key)?.[0];
  return newest?.kind === 'object' ? newest : null;
}

/** The version asked for, or the newest. Throws NoSuchKey, NoSuchVersion, or MethodNotAllowed for a marker that was asked for. */
export function find(bucket: Bucket, key: string, versionId: string | null): S3Object {
  if (versionId === null) {
    const newest = current(bucket, key);
    if (newest === null) throw noSuchKey();
    return newest;
  }
  const version = bucket.versions.get(key)?.find((each) => each.versionId === versionId);
  if (version === undefined) throw noSuchVersion();
  if (version.kind === 'delete-marker') throw methodNotAllowed();
  return version;
}

export function put(bucket: Bucket, written: Written): S3Object {
  const etag = createHash('md5').update(written.body).digest('hex');
  return add(bucket, { ...written, kind: 'object', etag, versionId: nextVersionId(bucket) });
}

/** Puts a changed version in the place of the one that it was made from. */
export function replace(bucket: Bucket, version: S3Object, changed: S3Object): void {
  const versions = bucket.versions.get(version.key) ?? [];
  bucket.versions.set(
    version.key,
    versions.map((each) => (each === version ? changed : each)),
  );
}

/** What a deletion leaves to tell: the marker, or the version that is gone; null where nothing has versions. */
export type Deletion = { readonly versionId: string | null; readonly isMarker: boolean };

/** Deletes one version, or else the object, of which a marker stays where versions are kept. What is not there is no error. */
export function remove(bucket: Bucket, key: string, versionId: string | null, now: number): Deletion {
  const versions = bucket.versions.get(key) ?? [];
  if (versionId !== null) {
    const isMarker = versions.find((each) => each.versionId === versionId)?.kind === 'delete-marker';
    keep(bucket, key, withoutVersion(versions, versionId));
    return { versionId, isMarker };
  }
  if (versioningOf(bucket) === null) {
    bucket.versions.delete(key);
    return { versionId: null, isMarker: false };
  }
  const marker = { key, kind: 'delete-marker', body: Buffer.alloc(0), etag: '', modifiedAt: now, headers: {}, tags: [] } as const;
  return { versionId: add(bucket, { ...marker, versionId: nextVersionId(bucket) }).versionId, isMarker: true };
}

function add(bucket: Bucket, version: S3Object): S3Object {
  const others = withoutVersion(bucket.versions.get(version.key) ?? [], version.versionId);
  keep(bucket, version.key, [version, ...others]);
  return version;
}

function keep(bucket: Bucket, key: string, versions: readonly S3Object[]): void {
  if (versions.length === 0) bucket.versions.delete(key);
  else bucket.versions.set(key, versions);
}

const withoutVersion = (versions: readonly S3Object[], versionId: string) => versions.filter((each) => each.versionId !== versionId);

const nextVersionId = (bucket: Bucket) => (versioningOf(bucket) === 'Enabled' ? randomBytes(24).toString('base64url') : 'null');
