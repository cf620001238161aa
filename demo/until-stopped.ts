import { once } from 'node:events';

/** Resolves when the demo is told to stop, at once when it was already. */
export async function untilStopped(stop: AbortSignal): Promise<void> {
  if (!stop.aborted) await once(stop, 'abort');
}
