/** `2026-11-23 21:40` in this computer's time zone, of a time in ISO 8601. */
export function localTime(iso: string): string {
  const time = new Date(iso);
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${localHour(iso)}`;
}

/** `21:40`, the time of day alone. */
export function localHour(iso: string): string {
  const time = new Date(iso);
  return `${two(time.getHours())}:${two(time.getMinutes())}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
