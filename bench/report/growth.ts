import type { Point } from './curve.ts';
import { rowOf, type Row, type Unit } from './row.ts';
import { spreadOf } from './statistics.ts';

/** Measurements for each count of what grows. */
export type Growth = ReadonlyMap<number, readonly number[]>;

/** The points of a line. */
export function pointsOf(growth: Growth): readonly Point[] {
  return [...growth].map(([count, values]) => {
    const { median, lowerQuartile, upperQuartile } = spreadOf(values);
    return { count, median, low: lowerQuartile, high: upperQuartile };
  });
}

/** A row for each count. */
export function growthRows(what: string, unit: Unit, of: string, growth: Growth): readonly Row[] {
  return [...growth].map(([count, values]) =>
    rowOf({
      what: `${what}, ${count.toLocaleString('en-US')} ${count === 1 ? of.replace(/s$/, '') : of}`,
      unit,
      ours: values,
      budget: { kind: 'information' },
    }),
  );
}
