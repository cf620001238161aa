import { randomBytes } from 'node:crypto';
import type { SessionCredentials } from '../../core/credentials.ts';

/** The alphabet of AWS's own access key IDs; 32 characters, so that a byte chooses each as often as any other. */
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * A key that only the relay knows, in the form of a session's (IAM User Guide, "IAM identifiers"). AWS
 * refuses it, so a run that holds it can assume the roles that the relay lets it, and do nothing else.
 * `expiresAt` in epoch milliseconds.
 */
export function rolesOnlyKey(expiresAt: number): SessionCredentials {
  const name = [...randomBytes(16)].map((byte) => letters[byte % letters.length] ?? '').join('');
  return { accessKeyId: `ASIA${name}`, secretAccessKey: randomBytes(30).toString('base64'), sessionToken: randomBytes(96).toString('base64'), expiresAt };
}
