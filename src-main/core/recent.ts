/** Whether `at` was less than `ms` ago. Nothing is waited for that lies in the time to come: the clock was set back since. */
export function isRecent(at: number, ms: number, now: number): boolean {
  return now >= at && now - at < ms;
}
