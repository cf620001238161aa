import type { Server } from 'node:http';
import type { Arrivals } from './arrivals.ts';

/**
 * Ends every request that waits, and closes the server once its clients have taken their answers, or
 * after `disposeMs`.
 */
export async function closeServer(server: Server, arrivals: Arrivals, waiting: ReadonlySet<AbortController>, disposeMs: number): Promise<void> {
  // Removes the socket of the local API at once, so the next app can have it.
  const closed = new Promise((resolve) => server.close(resolve));
  for (const request of waiting) request.abort();
  arrivals.dispose();
  const giveUp = setTimeout(() => server.closeAllConnections(), disposeMs);
  await closed;
  clearTimeout(giveUp);
}
