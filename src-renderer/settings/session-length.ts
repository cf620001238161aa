import { sessionSeconds } from '../../src-main/contract/limits.ts';

const minute = 60;
const hour = 60 * minute;

/** What GetSessionToken takes, in minutes. */
export const sessionMinutes = { min: sessionSeconds.min / minute, max: sessionSeconds.max / minute };

/** The lengths offered by name, in seconds. */
export const commonLengths: readonly number[] = [15 * minute, hour, 4 * hour, 8 * hour, 12 * hour, 24 * hour, 36 * hour];

export function isCommonLength(seconds: number): boolean {
  return commonLengths.includes(seconds);
}
