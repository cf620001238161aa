import type { Result } from '../../contract/app-error.ts';

/** The longest pause before each new try, in milliseconds: together less than a program waits. */
const pausesMs = [1_000, 2_000, 4_000, 8_000, 12_000];

/**
 * Asks again while AWS says that it is asked too often, which a sign-in is when many programs start at once. AWS has
 * done nothing then, so a code or a token that is good for one time is good yet.
 */
export async function patiently<T>(ask: () => Promise<Result<T>>): Promise<Result<T>> {
  for (const longest of pausesMs) {
    const given = await ask();
    if (given.ok || given.error.code !== 'throttled') return given;
    // Those who were refused together do not come back together.
    const pause = longest * (0.5 + Math.random() / 2);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return ask();
}
