import { setTimeout as delay } from 'node:timers/promises';

/** Rejects with `sentence` when `work` takes longer than `milliseconds`. */
export async function within<T>(milliseconds: number, sentence: string | (() => string), work: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const expiry = delay(milliseconds, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`${typeof sentence === 'string' ? sentence : sentence()} within ${milliseconds} ms`);
  });
  // The loser of the race must not become an unhandled rejection.
  expiry.catch(() => undefined);
  try {
    return await Promise.race([work, expiry]);
  } finally {
    timer.abort();
  }
}

/** Calls `probe` again until it has an answer, where nothing announces the change. */
export async function poll<T>(milliseconds: number, sentence: string | (() => string), probe: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const end = performance.now() + milliseconds;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined) return answer;
    if (performance.now() > end) {
      throw new Error(`${typeof sentence === 'string' ? sentence : sentence()} within ${milliseconds} ms`);
    }
    await delay(40);
  }
}

/** Waits for something that comes with time and that nothing announces, such as the end of a session. */
export async function timePasses(milliseconds: number): Promise<void> {
  await delay(milliseconds);
}

/** Waits as long as something that must not happen would take; the assertion after it checks that it did not. */
export async function nothingHappensFor(milliseconds: number): Promise<void> {
  await delay(milliseconds);
}
