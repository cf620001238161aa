import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { keyIdOf, signedPrefix } from '../../src-main/core/updates/feed.ts';

/** A key that signs feeds; `publicKey` as a build has it. */
export type FeedKey = { readonly publicKey: string; readonly privateKey: KeyObject; readonly id: string };

export function makeFeedKey(): FeedKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
  return { publicKey: raw, privateKey, id: keyIdOf(raw) };
}

const dayMs = 24 * 3_600_000;

/** What a feed says. */
export function feedText({
  page,
  versions = ['1.1.0'],
  signedAt,
}: {
  readonly page: string;
  readonly versions?: readonly string[];
  readonly signedAt: number;
}): string {
  return JSON.stringify({
    format: 1,
    signedAt: new Date(signedAt).toISOString(),
    expiresAt: new Date(signedAt + 90 * dayMs).toISOString(),
    versions: versions.map((version) => ({ version, date: '2026-12-24', notes: `${page}/releases/tag/v${version}` })),
  });
}

/** The file with a text that was signed with these keys. */
export function signedFeed(text: string, ...keys: readonly FeedKey[]): string {
  const signatures = keys.map(({ id, privateKey }) => ({ key: id, signature: sign(null, Buffer.from(signedPrefix + text), privateKey).toString('base64') }));
  return `${JSON.stringify({ feed: Buffer.from(text).toString('base64'), signatures })}\n`;
}
