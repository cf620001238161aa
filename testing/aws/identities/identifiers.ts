import { randomBytes } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What an identifier names; see "IAM identifiers" in the IAM User Guide. */
export type IdPrefix = 'AKIA' | 'ASIA' | 'AIDA' | 'AROA';

/** A unique ID of 20 characters. */
export function uniqueId(prefix: IdPrefix): string {
  return prefix + [...randomBytes(16)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('');
}

/** A secret access key of 40 characters. */
export function secretAccessKey(): string {
  return randomBytes(30).toString('base64');
}

/** A session token, about as long as AWS's; "programs should make no assumption about its size". */
export function sessionToken(): string {
  return randomBytes(270).toString('base64');
}
