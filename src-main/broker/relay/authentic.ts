import { claimOf, type ArrivedRequest } from '../../aws/relay/claim.ts';
import type { AppError, Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { StsRequest } from '../../core/relay/sts-request.ts';
import type { IssuedKey, IssuedKeys } from './issued-keys.ts';

/** Who signed a call, and for which region. `key` is null where the call brings its proof with it and is not signed. */
export type Signer = { readonly key: IssuedKey | null; readonly region: string | null };

/** How far the time of a signature may be off, in seconds, as for AWS (AWS General Reference, Signature Version 4). */
const skewSecondsMax = 300;

const unsignedActions: ReadonlySet<string> = new Set(['AssumeRoleWithWebIdentity', 'AssumeRoleWithSAML']);

/** Checks a call's signature against the key that the app issued. `now` in epoch milliseconds. */
export async function signerOf(request: ArrivedRequest, { action }: StsRequest, keys: IssuedKeys, now: number): Promise<Result<Signer>> {
  if (request.headers['authorization'] === undefined && unsignedActions.has(action)) return succeeded({ key: null, region: null });
  const claim = claimOf(request);
  if (claim === null) return failed(appError('relay-request-invalid', { reason: 'no signature for STS in its headers' }));
  const key = keys.find(claim.accessKeyId);
  if (key === null) return failed(appError('relay-key-unknown', { key: claim.accessKeyId }));
  const { isSignedBy } = await import('../../aws/relay/signature.ts');
  if (!(await isSignedBy(request, claim, key.credentials))) return failed(appError('relay-signature-wrong', { key: claim.accessKeyId }));
  const off = Math.round((claim.signedAt - now) / 1000);
  return Math.abs(off) > skewSecondsMax ? failed(clockOff(off)) : succeeded({ key, region: claim.region });
}

function clockOff(seconds: number): AppError {
  return appError('relay-clock-off', { seconds: Math.abs(seconds) });
}
