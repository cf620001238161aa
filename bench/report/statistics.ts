/** The middle half of repeated measurements. */
export type Spread = {
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  readonly count: number;
};

/** Throws without a value: there is no median of nothing. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((left, right) => left - right);
  return {
    median: quantile(sorted, 0.5),
    lowerQuartile: quantile(sorted, 0.25),
    upperQuartile: quantile(sorted, 0.75),
    count: sorted.length,
  };
}

/** How much larger each of our values is than its neighbour, for two series that were measured in turn. */
export function ratiosOf(ours: readonly number[], reference: readonly number[]): readonly number[] {
  return ours.map((value, index) => value / at(reference, index));
}

/** The value that a fraction of all measurements, 0 to 1, does not exceed. Throws without a value. */
export function quantileOf(values: readonly number[], fraction: number): number {
  return quantile(
    values.toSorted((left, right) => left - right),
    fraction,
  );
}

/** Interpolates linearly between the two nearest values (Hyndman and Fan's type 7, the default of R and NumPy). */
function quantile(sorted: readonly number[], fraction: number): number {
  const position = (sorted.length - 1) * fraction;
  const below = at(sorted, Math.floor(position));
  return below + (at(sorted, Math.ceil(position)) - below) * (position % 1);
}

function at(values: readonly number[], index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`There is no measurement ${index} of ${values.length}`);
  return value;
}
