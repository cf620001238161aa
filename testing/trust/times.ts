import type { TestContext } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** How often the test tried what it is about; once where it does not say. */
    times?: number;
  }
}

/** How often to try: `thorough` in `npm run test:trust`, which has the time for it, else `usual`. */
export function timesOf({ usual, thorough }: { readonly usual: number; readonly thorough: number }): number {
  return process.env['TRUST'] === 'yes' ? thorough : usual;
}

/** Says how often a unit test tried what it is about, for the table of `npm run test:trust`. */
export function tried({ task }: TestContext, times: number): void {
  task.meta.times = times;
}
