import { createHash } from 'node:crypto';

// What a client of the tests brings to a sign-in.

export const redirectUri = 'http://127.0.0.1:49152/oauth/callback';
export const verifier = 'a-verifier-that-is-long-enough-for-the-service-0123';
/** Of the verifier: RFC 7636, section 4.2. */
export const challenge = createHash('sha256').update(verifier).digest('base64url');
/** Of AWS Sign-In, for a browser on the same computer. */
export const sameDeviceClient = 'arn:aws:signin:::devtools/same-device';
