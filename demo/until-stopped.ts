import { once } from 'node:events';

/** Resolves when the demo is told to stop; at once if it has been already. */
export async function untilStopped(stop: AbortSignal): Promise<void> {
  if (!stop.aborted) await once(stop, 'abort');
}
