import type { Announcement } from './announcement.ts';
import type { Wire } from './wire.ts';

/*
 * How the app and a client prove to each other that they know the token of an announcement, before
 * anything else is sent on their connection. Both are sent a value that they have never seen, so what
 * was recorded earlier proves nothing, and the token itself is not sent:
 *
 *   client -> app     a nonce
 *   app    -> client  a nonce, and HMAC(token, "app", address, both nonces)
 *   client -> app     HMAC(token, "client", address, both nonces), and then its request
 *
 * The client goes on only after the app's proof. The two proofs differ in a word, so that nobody can
 * send one back in place of the other.
 */

export const nonceLength = 32;
const proofLength = 32;

/** What became of the app's side, or of the client's. */
export type Proven = 'proven' | 'wrong' | 'ended';

/** The app's side; `nonce` is of `nonceLength` random bytes that are used once. */
export async function proveApp(wire: Wire, announcement: Announcement, nonce: Uint8Array): Promise<Proven> {
  const client = await wire.read(nonceLength);
  if (client === null) return 'ended';
  const told = { announcement, nonces: [client, nonce] };
  wire.write(joined([nonce, await proofOf('app', told)]));
  const proof = await wire.read(proofLength);
  if (proof === null) return 'ended';
  return (await isProofOf('client', told, proof)) ? 'proven' : 'wrong';
}

/** The client's side. Unless it ends with `proven`, nothing but the nonce was sent. */
export async function proveClient(wire: Wire, announcement: Announcement, nonce: Uint8Array): Promise<Proven> {
  wire.write(nonce);
  const answer = await wire.read(nonceLength + proofLength);
  if (answer === null) return 'ended';
  const told = { announcement, nonces: [nonce, answer.subarray(0, nonceLength)] };
  if (!(await isProofOf('app', told, answer.subarray(nonceLength)))) return 'wrong';
  wire.write(await proofOf('client', told));
  return 'proven';
}

type Side = 'app' | 'client';
type Told = { readonly announcement: Announcement; readonly nonces: readonly Uint8Array[] };

async function proofOf(side: Side, told: Told): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', await keyOf(told), messageOf(side, told)));
}

/** Takes the same time whatever the proof is. */
async function isProofOf(side: Side, told: Told, proof: Uint8Array): Promise<boolean> {
  return await crypto.subtle.verify('HMAC', await keyOf(told), joined([proof]), messageOf(side, told));
}

function keyOf({ announcement }: Told): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', text.encode(announcement.token), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

function messageOf(side: Side, { announcement, nonces }: Told): Uint8Array<ArrayBuffer> {
  return joined([text.encode(`sts-tray ${side} ${announcement.address}\0`), ...nonces]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const text = new TextEncoder();
