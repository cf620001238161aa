import { jsonOf } from '../json.ts';

/** What the app writes at each start, into a file that only its user can read. */
export type Announcement = {
  /** Where it listens. */
  readonly address: string;
  /** A secret of 256 bits, as 64 hex digits. It is never sent: see `proof.ts`. */
  readonly token: string;
};

const tokenLength = 64;

export function announcementText({ address, token }: Announcement): string {
  return `${JSON.stringify({ address, token })}\n`;
}

/** Null when it is no announcement, or one of an address that does not begin with `prefix`. */
export function readAnnouncement(text: string, prefix: string): Announcement | null {
  const { address, token } = (jsonOf(text) ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof address !== 'string' || !address.startsWith(prefix)) return null;
  return typeof token === 'string' && token.length === tokenLength ? { address, token } : null;
}
