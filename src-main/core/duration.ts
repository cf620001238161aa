const minute = 60_000;

/** How many units a time has, both in the same measure: a started one counts, so a session of 8 h reads 8 h 0 min when it begins. */
export function startedUnits(time: number, unit: number): number {
  return Math.ceil(time / unit);
}

/** The hours and minutes to show of a time left. */
export function hoursAndMinutes(milliseconds: number): { readonly hours: number; readonly minutes: number } {
  const total = startedUnits(milliseconds, minute);
  return { hours: Math.floor(total / 60), minutes: total % 60 };
}
