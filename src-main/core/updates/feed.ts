import { z } from 'zod';
import type { Result } from '../../contract/app-error.ts';
import type { NewVersion } from '../../contract/desktop/updates.ts';
import { appError, failed, succeeded } from '../errors.ts';
import { jsonOf } from '../json.ts';
import { isOfProject } from './project-home.ts';
import { isNewer, isOffered, versionLengthMax, versionPattern } from './version.ts';

/** How large a feed may be, in bytes. */
export const feedBytesMax = 32 * 1_024;

/** What stands before the bytes that are signed, so that a signature of something else is none of a feed. */
export const signedPrefix = 'sts-tray update feed\n';

/** The longest time for which a feed may say that it holds, in milliseconds: an old one cannot be shown to anybody for longer. */
const lifetimeMaxMs = 400 * 24 * 3_600_000;

const base64 = /^[A-Za-z\d+/]+={0,2}$/;

/** What is signed is bytes, not what some parser makes of them. */
const Envelope = z.strictObject({
  feed: z.string().max(feedBytesMax).regex(base64),
  signatures: z
    .array(z.strictObject({ key: z.string().max(40), signature: z.string().length(88).regex(base64) }))
    .min(1)
    .max(5),
});

/** More fields may come; another meaning of these gets another `format`. */
const Feed = z.object({
  format: z.literal(1),
  signedAt: z.iso.datetime().transform((text) => Date.parse(text)),
  expiresAt: z.iso.datetime().transform((text) => Date.parse(text)),
  versions: z
    .array(z.object({ version: z.string().max(versionLengthMax).regex(versionPattern), date: z.iso.date(), notes: z.string().max(300) }))
    .min(1)
    .max(10),
});

export type FeedTrust = {
  /** The keys by which the feed is known, each of 32 bytes in base64. */
  readonly keys: readonly string[];
  /** Whether bytes were signed with a key (Ed25519, RFC 8032). */
  readonly isSigned: (key: Uint8Array, bytes: Uint8Array, signature: Uint8Array) => boolean;
  /** The project's page, below which the notes of each version are. */
  readonly page: string;
  /** The version that runs. */
  readonly running: string;
  /** When the last feed that was believed was signed; 0 for none. */
  readonly seenSignedAt: number;
  readonly now: number;
};

/** What a feed says to who runs `running`: the newest version that is for them, null where they have it. Times are epoch milliseconds. */
export type FeedReading = { readonly signedAt: number; readonly newest: NewVersion | null };

/**
 * Reads the text of a feed, and believes it only if one of the keys signed it, it has not expired, and it is no older than
 * the last one. Candidates are only for those who run one.
 *
 * Errors: `update-feed-untrusted` `{host}`, also for what is no feed, and `update-feed-stale` `{host, day}`.
 */
export function readFeed(text: string, trust: FeedTrust): Result<FeedReading> {
  const { host } = new URL(trust.page);
  const untrusted = failed(appError('update-feed-untrusted', { host }));
  const envelope = Envelope.safeParse(exactJson(text.trimEnd()));
  if (!envelope.success) return untrusted;
  const bytes = bytesOf(envelope.data.feed);
  if (bytes === null) return untrusted;
  if (!isTrusted(bytes, envelope.data.signatures, trust)) return untrusted;

  const feed = Feed.safeParse(exactJson(new TextDecoder().decode(bytes)));
  if (!feed.success) return untrusted;
  const { signedAt, expiresAt, versions } = feed.data;
  if (expiresAt - signedAt > lifetimeMaxMs || !versions.every(({ notes }) => isOfProject(notes, trust.page))) return untrusted;
  const isStale = expiresAt <= trust.now || signedAt < trust.seenSignedAt;
  if (isStale) return failed(appError('update-feed-stale', { host, day: new Date(signedAt).toISOString().slice(0, 10) }));
  return succeeded({ signedAt, newest: newestFor(trust.running, versions) });
}

/** By which a signature names its key: the first bytes of it, in hex. */
export function keyIdOf(key: string): string {
  return [...(bytesOf(key) ?? [])]
    .slice(0, 8)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

type Signature = z.infer<typeof Envelope>['signatures'][number];

/** One key is enough, so that a feed can be signed with the next one before everybody knows it. */
function isTrusted(bytes: Uint8Array, signatures: readonly Signature[], { keys, isSigned }: FeedTrust): boolean {
  const prefix = new TextEncoder().encode(signedPrefix);
  const signed = new Uint8Array([...prefix, ...bytes]);
  // Of two signatures with one key, it is not clear which one counts.
  if (new Set(signatures.map(({ key }) => key)).size < signatures.length) return false;
  return signatures.some(({ key: id, signature }) => {
    const key = bytesOf(keys.find((each) => keyIdOf(each) === id) ?? '');
    const signatureBytes = bytesOf(signature);
    return key !== null && key.length === 32 && signatureBytes !== null && isSigned(key, signed, signatureBytes);
  });
}

function newestFor(running: string, versions: readonly NewVersion[]): NewVersion | null {
  const offered = versions.filter(({ version }) => isOffered(version, running));
  const [newest] = offered.toSorted((one, other) => (isNewer(one.version, other.version) ? -1 : 1));
  return newest === undefined ? null : { version: newest.version, date: newest.date, notes: newest.notes };
}

/** Undefined also for JSON that another parser could read otherwise, such as an object with a name twice. */
function exactJson(text: string): unknown {
  const value = jsonOf(text);
  return JSON.stringify(value) === text ? value : undefined;
}

function bytesOf(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0));
  } catch {
    return null;
  }
}
