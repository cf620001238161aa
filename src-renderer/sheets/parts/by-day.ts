import { startOfDay } from '../../time/countdown.ts';

/** What happened on one local day; `day` is its start, in epoch milliseconds. */
export type Day<T> = { readonly day: number; readonly entries: readonly T[] };

/** Entries with a time in ISO 8601, in groups by their local day; in the order in which they come. */
export function byDay<T extends { readonly at: string }>(entries: readonly T[]): readonly Day<T>[] {
  const days = new Map<number, T[]>();
  for (const entry of entries) {
    const day = startOfDay(Date.parse(entry.at));
    const ofDay = days.get(day);
    if (ofDay === undefined) days.set(day, [entry]);
    else ofDay.push(entry);
  }
  return [...days].map(([day, ofDay]) => ({ day, entries: ofDay }));
}
