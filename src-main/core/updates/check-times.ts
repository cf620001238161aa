const dayMs = 24 * 3_600_000;

/** By how much later than a day a check may come, so that not everybody asks at the same time, in milliseconds. */
const spreadMs = 2 * 3_600_000;

/** By how much a check that is due at the start waits at least, and at most: the start of a computer has other things to do. */
const afterStartMs = { min: 60_000, max: 15 * 60_000 };

/** When a check is due after the last one, in epoch milliseconds. `random` is from 0 to 1. A last one that has yet to come was by a wrong clock. */
export function nextCheckAt({ last, now, random }: { readonly last: number | null; readonly now: number; readonly random: number }): number {
  return last === null || last > now ? now : last + dayMs + random * spreadMs;
}

/** The earliest moment for a check after the app's start at `now`. */
export function firstCheckAt({ now, random }: { readonly now: number; readonly random: number }): number {
  return now + afterStartMs.min + random * (afterStartMs.max - afterStartMs.min);
}
