import { createHash } from 'node:crypto';

/** Whether a verifier is the one of a challenge: RFC 7636, section 4.6. */
export function matchesChallenge(verifier: string, challenge: string): boolean {
  return /^[A-Za-z0-9._~-]{43,128}$/.test(verifier) && createHash('sha256').update(verifier).digest('base64url') === challenge;
}

/** Whether the browser may be sent there: on this computer's loopback only, RFC 8252, sections 7.3 and 8.3. */
export function isLoopback(redirectUri: string): boolean {
  const url = URL.canParse(redirectUri) ? new URL(redirectUri) : null;
  return url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
}

/** The redirect URI without its port, which a client chooses anew for each sign-in. */
export function withoutPort(redirectUri: string): string {
  const url = new URL(redirectUri);
  url.port = '';
  return url.href;
}
