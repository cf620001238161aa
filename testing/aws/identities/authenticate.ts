import { accessDenied, AwsError, expiredToken, incompleteSignature, invalidClientTokenId, signatureDoesNotMatch } from '../wire/aws-error.ts';
import type { ClaimedSignature, RequestHead } from '../wire/aws-request.ts';
import { basicTime, parseBasicTime } from '../wire/clock.ts';
import type { Credentials, CredentialStore } from './credentials.ts';
import { signatureMatches } from './signature.ts';

const allowedSkewSeconds = 300;

/**
 * Finds the credentials that signed a request, and checks key, session token, clock, signature, what it covers, and
 * expiry, in this order. `now` is AWS's time in epoch milliseconds. `body` is null when it is read later.
 *
 * Throws InvalidClientTokenId, SignatureDoesNotMatch, AccessDenied or ExpiredToken.
 */
export async function authenticate(head: RequestHead, claim: ClaimedSignature, body: Buffer | null, store: CredentialStore, now: number): Promise<Credentials> {
  const credentials = store.find(claim.accessKeyId);
  const sessionToken = credentials === undefined || credentials.kind === 'access-key' ? null : credentials.sessionToken;
  if (credentials === undefined || claim.sessionToken !== sessionToken) throw invalidClientTokenId();
  if (credentials.kind === 'access-key' && credentials.status === 'Inactive') throw invalidClientTokenId();
  checkRequestTime(claim, now);
  if (!(await signatureMatches(head, claim, body, credentials.secretAccessKey))) {
    throw signatureDoesNotMatch(
      'The request signature we calculated does not match the signature you provided. ' +
        'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
  checkSignedHeaders(head, claim);
  if (credentials.kind !== 'access-key' && credentials.expiresAt <= now) throw expiredToken();
  return credentials;
}

/** "Create a signed AWS API request", IAM User Guide: the host is in every signature, and with S3 all that AWS reads. */
function checkSignedHeaders({ headers }: RequestHead, { service, signedHeaders }: ClaimedSignature): void {
  if (!signedHeaders.includes('host')) {
    throw signatureDoesNotMatch("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  const isSigned = (name: string) => !name.startsWith('x-amz-') || signedHeaders.includes(name);
  if (service === 's3' && !Object.keys(headers).every(isSigned)) {
    throw accessDenied('There were headers present in the request which were not signed');
  }
}

function checkRequestTime({ requestTime, expiresSeconds }: ClaimedSignature, now: number): void {
  const signedAt = parseBasicTime(requestTime);
  if (Number.isNaN(signedAt)) throw incompleteSignature("Request must have a valid 'X-Amz-Date'.");
  const earliest = now - (expiresSeconds ?? allowedSkewSeconds) * 1000;
  const latest = now + allowedSkewSeconds * 1000;
  if (expiresSeconds !== null && signedAt < earliest) throw new AwsError('AccessDenied', 403, 'Request has expired');
  if (signedAt < earliest) {
    throw signatureDoesNotMatch(`Signature expired: ${requestTime} is now earlier than ${basicTime(earliest)} (${basicTime(now)} - 5 min.)`);
  }
  if (signedAt > latest) {
    throw signatureDoesNotMatch(`Signature not yet current: ${requestTime} is still later than ${basicTime(latest)} (${basicTime(now)} + 5 min.)`);
  }
}
