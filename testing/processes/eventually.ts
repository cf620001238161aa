import { vi } from 'vitest';

/**
 * Tries again until the assertion holds, where nothing announces the change. Allows a busy machine 10 s,
 * which is less than a test may take, so that a failure shows the assertion's own message.
 */
export function eventually<T>(assertion: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(assertion, { timeout: 10_000, interval: 10 });
}
