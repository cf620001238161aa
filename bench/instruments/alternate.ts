/**
 * Measures A B A B …, so that whatever else the machine does affects all sides. The first round only fills caches and does not
 * count. The measurements of each side, in the order in which they were made.
 */
export async function alternate<Side extends string, Measurement = number>(
  count: number,
  sides: Readonly<Record<Side, () => Promise<Measurement>>>,
): Promise<Readonly<Record<Side, readonly Measurement[]>>> {
  const names = Object.keys(sides) as Side[];
  const series = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Side, Measurement[]>;
  for (const name of names) await sides[name]();
  for (let round = 0; round < count; round += 1) {
    for (const name of names) series[name].push(await sides[name]());
  }
  return series;
}
