const minute = 60_000;

/** How many units a time has, both in the same measure: a started one counts, so a session of 8 h reads 8 h for its first minute. */
export function startedUnits(time: number, unit: number): number {
  return Math.ceil(time / unit);
}

/** The hours and minutes to show of a time left, in milliseconds. */
export function hoursAndMinutes(milliseconds: number): { readonly hours: number; readonly minutes: number } {
  const total = startedUnits(milliseconds, minute);
  return { hours: Math.floor(total / 60), minutes: total % 60 };
}

/** A length of time in the units in which it is said: whole hours have no minutes. */
export type SaidLength =
  | { readonly kind: 'hours'; readonly hours: number }
  | { readonly kind: 'hours-minutes'; readonly hours: number; readonly minutes: number }
  | { readonly kind: 'minutes'; readonly minutes: number };

/** How windows, tray and command line say a time left, in milliseconds and at least 0. */
export function saidLength(milliseconds: number): SaidLength {
  const { hours, minutes } = hoursAndMinutes(milliseconds);
  if (hours === 0) return { kind: 'minutes', minutes };
  return minutes === 0 ? { kind: 'hours', hours } : { kind: 'hours-minutes', hours, minutes };
}
