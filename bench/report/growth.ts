import type { Curve, Point } from './curve.ts';
import type { Found } from './found.ts';
import { rowOf, type Row, type Unit } from './row.ts';
import { spreadOf } from './statistics.ts';

/** Measurements for each count of what grows. */
export type Growth = ReadonlyMap<number, readonly number[]>;

/** What grew: one kind of measurement, by the name of its rows, and in the picture by that of its line. */
type Series = { readonly what: string; readonly line?: string; readonly growth: Growth };

/** The rows of all that was measured while more and more of one thing was there, and one picture of it. */
export function foundGrowth({ name, title, of }: Pick<Curve, 'name' | 'title' | 'of'>, series: readonly Series[]): Found {
  const unit = 'ms';
  return {
    rows: series.flatMap(({ what, growth }) => growthRows(what, unit, of, growth)),
    curves: [{ name, title, of, unit, lines: series.map(({ what, line = what, growth }) => ({ name: line, points: pointsOf(growth) })) }],
  };
}

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
