import type { Arrivals } from './arrivals.ts';

/** What accepts connections: a server of Node, or what stands in front of one. */
export type Closable = {
  /** Accepts no connection any more, and calls back when the last one has ended. */
  readonly close: (closed: () => void) => unknown;
  readonly closeAllConnections: () => void;
};

/**
 * Ends every request that waits, and closes the server once its clients have taken their answers, or
 * after `disposeMs`.
 */
export async function closeServer(server: Closable, arrivals: Arrivals, waiting: ReadonlySet<AbortController>, disposeMs: number): Promise<void> {
  // Removes the socket of the local API at once, so the next app can have it.
  const closed = new Promise<void>((resolve) => server.close(resolve));
  for (const request of waiting) request.abort();
  arrivals.dispose();
  const giveUp = setTimeout(() => server.closeAllConnections(), disposeMs);
  await closed;
  clearTimeout(giveUp);
}
