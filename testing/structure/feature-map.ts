import { placesAt, problemOf } from './prose-paths.ts';

/** A place that a row of the map names in backticks. */
export type Entry = { readonly feature: string; readonly path: string };

/** The rows of the Markdown table in a text; the first cell of each is the feature. */
export function entriesOf(text: string): readonly Entry[] {
  const [, , ...rows] = text.split('\n').filter((line) => line.startsWith('|'));
  return rows.flatMap((row) => {
    const [, feature = ''] = row.split('|');
    return [...row.matchAll(/`([^`]+)`/g)].map(([, path = '']) => ({ feature: feature.trim(), path }));
  });
}

/** Names that lead nowhere or to several places, places that are on two rows, and sources that are on no row. */
export function problemsOf(entries: readonly Entry[], map: string, sources: readonly string[], places: ReadonlySet<string>): readonly string[] {
  const unsound = entries.flatMap(({ feature, path }) => {
    const problem = problemOf(path, map, places);
    return problem === null ? [] : [`${feature}: ${path} ${problem}`];
  });
  const rowOf = new Map<string, string>();
  const doubled: string[] = [];
  for (const { feature, path } of entries) {
    for (const place of placesAt(path, map, places)) {
      if (rowOf.has(place)) doubled.push(`${place} is on the rows ${rowOf.get(place)} and ${feature}`);
      rowOf.set(place, feature);
    }
  }
  const isOnARow = (source: string): boolean => source.split('/').some((_, index, parts) => rowOf.has(parts.slice(0, index + 1).join('/')));
  return [...unsound, ...doubled, ...sources.filter((source) => !isOnARow(source)).map((source) => `${source} is on no row`)];
}
