import type { Spread } from './statistics.ts';

/** `412 ms (405–431)`: the median, and the values between which the middle half lies. */
export function withSpread({ median, lowerQuartile, upperQuartile, count }: Spread, unit: string): string {
  const value = unit === '' ? digits(median) : `${digits(median)} ${unit}`;
  return count === 1 ? value : `${value} (${digits(lowerQuartile)}–${digits(upperQuartile)})`;
}

/** Three significant digits: 1234, 123, 12.3, 1.23, 0.123. */
export function digits(value: number): string {
  if (Number.isInteger(value)) return `${value}`;
  if (Math.abs(value) >= 100) return value.toFixed(0);
  if (Math.abs(value) >= 10) return value.toFixed(1);
  return Math.abs(value) >= 1 ? value.toFixed(2) : value.toFixed(3);
}

/** By how much more than once something is, as 1.1 is 10 % over. */
export function percentOver(times: number): string {
  return `${digits((times - 1) * 100)} %`;
}
