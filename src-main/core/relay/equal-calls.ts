import type { StsRequest } from './sts-request.ts';

/** How much time must be left of a session for it to be given again, in milliseconds. */
const minLeftMs = 15 * 60_000;

/**
 * Until when the answer about a session may be given again; all in epoch milliseconds. Terraform's
 * provider asks for 15 minutes where nobody says otherwise, of which 15 are never left: of a session
 * as short as that, two thirds must be.
 */
export function goodUntil({ issuedAt, expiresAt }: { readonly issuedAt: number; readonly expiresAt: number }): number {
  return expiresAt - Math.min(minLeftMs, ((expiresAt - issuedAt) * 2) / 3);
}

/**
 * Names that SDKs make up where none is given: the Go SDK (also Terraform's), botocore, and those for
 * JavaScript, Java, .NET, PHP and Rust. All end in the time, so no person's name looks like one; the Go
 * SDK's may be the time alone, in nanoseconds.
 */
export const madeUpSessionName = /^((aws-go-sdk-|botocore-session-|aws-sdk-(js|java|php|rust)-|aws-dotnet-sdk-session-)\d{10,20}|\d{19})$/;

/**
 * What two calls have in common when the answer to one may be given to the other; null for a call
 * that is to be made each time. A session name that an SDK made up makes no difference.
 */
export function equalCallKey({ action, parameters }: StsRequest, signedBy: { readonly accessKeyId: string; readonly region: string }): string | null {
  if (action !== 'AssumeRole' && action !== 'GetCallerIdentity') return null;
  // A code works once.
  if (parameters.has('TokenCode')) return null;
  const pairs = [...parameters].map(([name, value]) => [name, name === 'RoleSessionName' && madeUpSessionName.test(value) ? null : value] as const);
  return JSON.stringify([signedBy.accessKeyId, signedBy.region, action, pairs.toSorted(([one], [other]) => (one < other ? -1 : 1))]);
}
