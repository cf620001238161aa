import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { systemErrorReason } from '../../core/system-error.ts';
import { readRegularFile } from '../../files/read-file.ts';

/** AWS takes no longer one, in bytes (STS API reference, AssumeRoleWithWebIdentity). */
const tokenBytesMax = 20_000;

/** The token as its file has it now: what keeps it writes a new one before the old one ends. Fails with `web-identity-unreadable` `{profile, file, reason}`. */
export async function readWebIdentityToken(profile: string, file: string): Promise<Result<string>> {
  try {
    const token = (await readRegularFile(file, tokenBytesMax)).toString('utf8').trim();
    return token === '' ? failed(appError('web-identity-unreadable', { profile, file, reason: 'empty' })) : succeeded(token);
  } catch (error) {
    return failed(appError('web-identity-unreadable', { profile, file, reason: systemErrorReason(error) }));
  }
}
