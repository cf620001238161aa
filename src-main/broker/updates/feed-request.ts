import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { agentTo, type Proxies } from '../../aws/client/transport.ts';
import { limitedBody } from '../../aws/client/limited-body.ts';
import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { systemErrorReason } from '../../core/system-error.ts';
import { feedBytesMax } from '../../core/updates/feed.ts';

/** How long the whole way to the feed may take, in milliseconds. */
const waitMs = 15_000;

/** A release's file is not where its address leads, but one step further. */
const redirectsMax = 3;

/** A file with signatures is larger than what is signed. */
const bytesMax = 2 * feedBytesMax;

type Way = {
  /** As for AWS. */
  readonly proxies: Proxies;
  readonly caBundle: string | null;
  readonly signal: AbortSignal;
  readonly waitMs?: number;
};

/**
 * Gets the text at an address by https, through the proxy and with the CA bundle that calls to AWS take too. It sends
 * nothing but that request: no cookies, no name of a program, no version. Electron's `net` cannot be asked: it looks up no
 * names, so that no window can (`platform/windows/hardening.ts`).
 *
 * Errors: `update-not-reached` `{host, reason}`, `update-feed-untrusted` `{host}` for one that is too large, and those of `agentTo`.
 */
export async function getFeed(address: string, { signal, waitMs: limitMs = waitMs, ...way }: Way): Promise<Result<string>> {
  const timeout = AbortSignal.timeout(limitMs);
  const ended = AbortSignal.any([signal, timeout]);
  let url = new URL(address);
  const unreached = (reason: string) => appError('update-not-reached', { host: url.host, reason });
  try {
    for (let redirects = 0; redirects <= redirectsMax; redirects += 1) {
      const answer = await getOnce(url, { ...way, signal: ended });
      if (!answer.ok) return answer;
      const { status, location, text } = answer.value;
      if (location === null) {
        if (status !== 200) return failed(unreached(`HTTP ${status}`));
        return text === null ? failed(appError('update-feed-untrusted', { host: url.host })) : succeeded(text);
      }
      const next = URL.canParse(location, url) ? new URL(location, url) : null;
      if (next === null || !isFollowed(url, next)) return failed(unreached(`HTTP ${status} → ${next?.host ?? '?'}`));
      url = next;
    }
    return failed(unreached(`HTTP 3xx → ${url.host}`));
  } catch (error) {
    return failed(unreached(timeout.aborted ? 'ETIMEDOUT' : systemErrorReason(error)));
  }
}

/** GitHub keeps the files of releases at other hosts of its own. */
function isFollowed(from: URL, to: URL): boolean {
  if (to.protocol !== 'https:' || to.username !== '' || to.password !== '') return false;
  const isGitHub = ({ host }: URL) => host === 'github.com' || host.endsWith('.githubusercontent.com');
  return to.host === from.host || (isGitHub(from) && isGitHub(to));
}

/** `location` where the answer leads on; `text` is null for one that is too large. */
type Answer = { readonly status: number; readonly location: string | null; readonly text: string | null };

async function getOnce(url: URL, { proxies, caBundle, signal }: Required<Omit<Way, 'waitMs'>>): Promise<Result<Answer>> {
  const agent = await agentTo(url, caBundle, proxies);
  if (!agent.ok) return agent;
  try {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      // An agent of Node's own would keep the connection, and say so.
      const sent = request(url, { agent: agent.value ?? false, signal }, resolve);
      sent.on('error', reject);
      sent.end();
    });
    const { statusCode: status = 0, headers } = answer;
    const location = status >= 300 && status < 400 ? (headers.location ?? null) : null;
    const isRead = location === null && status === 200;
    const text = isRead ? ((await limitedBody(answer, bytesMax))?.toString('utf8') ?? null) : null;
    answer.destroy();
    return succeeded({ status, location, text });
  } finally {
    agent.value?.destroy();
  }
}
