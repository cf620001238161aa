/** Two series that were measured in turn. */
export type Series = { readonly ours: readonly number[]; readonly reference: readonly number[] };

type Sides = { readonly ours: () => Promise<number>; readonly reference: () => Promise<number> };

/** Measures A B A B …, so that whatever else the machine does affects both. The first pair only fills caches and does not count. */
export async function alternate(count: number, { ours, reference }: Sides): Promise<Series> {
  const series: { ours: number[]; reference: number[] } = { ours: [], reference: [] };
  await ours();
  await reference();
  for (let round = 0; round < count; round += 1) {
    series.ours.push(await ours());
    series.reference.push(await reference());
  }
  return series;
}
