import type { S3Object } from './bucket.ts';
import { noSuchKey, notHere, preconditionFailed } from './s3-error.ts';

type Headers = Readonly<Record<string, string>>;

/**
 * "Conditional writes", Amazon S3 User Guide: a lock file is written with `If-None-Match: *`. `existing` is the
 * object that would be replaced. Throws PreconditionFailed, NoSuchKey or NotImplemented.
 */
export function checkWrite(headers: Headers, existing: S3Object | null): void {
  const [unless, only] = [headers['if-none-match'], headers['if-match']];
  if (unless !== undefined) {
    if (unless !== '*') throw notHere('writes with an If-None-Match other than *');
    if (existing !== null) throw preconditionFailed();
  }
  if (only === undefined) return;
  if (existing === null) throw noSuchKey();
  if (!names(only, existing)) throw preconditionFailed();
}

/** "GetObject", Amazon S3 API reference. Throws PreconditionFailed. */
export function checkRead(headers: Headers, version: S3Object): 'send' | 'not-modified' {
  const [only, unless, since, until] = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'].map((name) => headers[name]);
  const modifiedAt = Math.floor(version.modifiedAt / 1000) * 1000;
  if (only !== undefined) {
    if (!names(only, version)) throw preconditionFailed();
  } else if (until !== undefined && modifiedAt > Date.parse(until)) throw preconditionFailed();
  if (unless !== undefined) return names(unless, version) ? 'not-modified' : 'send';
  return since !== undefined && modifiedAt <= Date.parse(since) ? 'not-modified' : 'send';
}

function names(header: string, { etag }: S3Object): boolean {
  return header.split(',').some((each) => ['*', etag].includes(each.trim().replaceAll('"', '')));
}
