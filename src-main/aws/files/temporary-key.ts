import type { Result } from '../../contract/app-error.ts';
import type { SessionCredentials } from '../../core/credentials.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { keyEnd } from '../../core/foreign/key-end.ts';
import type { AwsFiles } from './environment.ts';
import { entryOf, parsedFiles } from './parsed-files.ts';

/** Temporary credentials of which not everybody says when they end, in epoch milliseconds. */
export type GivenCredentials = Omit<SessionCredentials, 'expiresAt'> & { readonly expiresAt: number | null };

/** The temporary key of a profile as the files have it now. Fails with `temporary-key-gone`, `temporary-key-expired`, `{profile}` each. */
export async function readTemporaryKey(files: AwsFiles, profile: string, now: number): Promise<Result<GivenCredentials>> {
  const { values } = entryOf(await parsedFiles(files, profile), profile);
  const { aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey } = values;
  const sessionToken = values['aws_session_token'] || values['aws_security_token'];
  if (!accessKeyId || !secretAccessKey || !sessionToken) return failed(appError('temporary-key-gone', { profile }));
  const expiresAt = keyEnd(values);
  if (expiresAt !== null && expiresAt <= now) return failed(appError('temporary-key-expired', { profile }));
  return succeeded({ accessKeyId, secretAccessKey, sessionToken, expiresAt });
}
