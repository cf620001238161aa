import { caBundleIn, type Proxies } from '../../aws/client/transport.ts';
import type { Result } from '../../contract/app-error.ts';
import { readFeed, type FeedReading } from '../../core/updates/feed.ts';
import { feedAddress } from '../../core/updates/project-home.ts';
import { getFeed } from './feed-request.ts';
import { isSigned } from './feed-signature.ts';

export type FeedCheck = {
  readonly page: string;
  readonly keys: readonly string[];
  /** The version that runs. */
  readonly running: string;
  /** When the last feed that was believed was signed, in epoch milliseconds; 0 for none. */
  readonly seenSignedAt: number;
  readonly now: () => number;
  readonly proxies: Proxies;
  readonly signal: AbortSignal;
};

/** Asks the project's feed for a newer version. Errors: those of `getFeed` and `readFeed`. */
export async function checkFeed({ proxies, signal, now, ...trust }: FeedCheck): Promise<Result<FeedReading>> {
  const text = await getFeed(feedAddress(trust.page), { proxies, caBundle: caBundleIn(proxies.env, undefined), signal });
  return text.ok ? readFeed(text.value, { ...trust, isSigned, now: now() }) : text;
}
