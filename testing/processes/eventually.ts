import { vi } from 'vitest';

/**
 * Tries again until the assertion holds, where nothing announces the change. Gives a busy machine
 * 10 s, which is less than a test may take, so that the assertion's own message is what is seen.
 */
export function eventually<T>(assertion: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(assertion, { timeout: 10_000, interval: 10 });
}
