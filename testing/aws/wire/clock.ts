/** The time as AWS sees it, in epoch milliseconds. */
export type Clock = () => number;

/** ISO 8601 without fractions, as STS and IAM write times in XML: `2026-01-31T08:00:00Z`. */
export function isoSeconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** ISO 8601 basic format, as Signature Version 4 writes times: `20260131T080000Z`. */
export function basicTime(at: number): string {
  return isoSeconds(at).replaceAll(/[-:]/g, '');
}

/** Reads ISO 8601 basic format into epoch milliseconds; NaN where it is something else. */
export function parseBasicTime(text: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (parts === null) return Number.NaN;
  const [, year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
