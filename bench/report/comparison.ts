import { withSpread } from './numbers.ts';
import type { Row } from './row.ts';

/** The row of before for a row; null where it was not measured then. */
export type Comparison = (row: Row) => Row | null;

/** Finds the row of the same thing against the same reference. */
export function comparisonWith(before: readonly Row[]): Comparison {
  const byName = new Map(before.map((row) => [nameOf(row), row]));
  return (row) => byName.get(nameOf(row)) ?? null;
}

/** All rows of before, those that were measured again as they are now, and new ones at the end. */
export function renewed(before: readonly Row[], now: readonly Row[]): readonly Row[] {
  const newer = comparisonWith(now);
  const older = comparisonWith(before);
  return [...before.map((row) => newer(row) ?? row), ...now.filter((row) => older(row) === null)];
}

/** What was measured before, and "better" or "worse" where the middle halves do not even touch. */
export function changeText(now: Row, before: Row | null): string {
  if (before === null) return '';
  // A ratio is compared where there is one: the machine has its part in both of its sides.
  const useRatio = now.ratio !== null && before.ratio !== null;
  const [then, since] = useRatio ? [before.ratio, now.ratio] : [before.ours, now.ours];
  const told = withSpread(then, useRatio ? '×' : now.unit);
  // One measurement of a time has no middle half; a number of calls needs none.
  if (now.unit !== '' && (then.count === 1 || since.count === 1)) return told;
  const rose = since.lowerQuartile > then.upperQuartile;
  const fell = since.upperQuartile < then.lowerQuartile;
  if (!rose && !fell) return told;
  return `${told}: ${rose === (now.better === 'more') ? 'better' : 'worse'} now`;
}

function nameOf({ what, against }: Row): string {
  return `${what}\n${against}`;
}
