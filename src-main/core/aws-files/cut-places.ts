/** Where a cut was: what is around it are digests of lines, which may be somebody's secret. */
export type CutPlace = {
  /** The line above; null at the start of the text. */
  readonly above: string | null;
  /** The line below; null at its end. */
  readonly below: string | null;
  /** In which section of the profile, counted from 0: a file may have several of one name. */
  readonly section: number;
  /** How many lines below that section's header. */
  readonly offset: number;
};

/** What a text has, where cuts of one profile are to come back into it. */
type Around = {
  readonly lines: readonly string[];
  /** The lines (from 1) of the profile's own headers, and of all. */
  readonly headers: readonly number[];
  readonly starts: readonly number[];
  /** The index of the line before which the first cut stood, and how much that counts against what stands around it. */
  readonly first: { readonly at: number; readonly weight: number } | null;
  readonly digest: (line: string) => string;
};

type Place = { readonly at: number; readonly value: number; readonly earlier: Place | null };

/** More than all distances in a text come to, so that they only decide between places that are as good otherwise. */
const perScore = 1e8;

/**
 * For each cut the index of the line before which it belongs: where most of what was around it is, and nearest to where
 * it was. They stay in their order, which others have not changed: they could not see them.
 */
export function placesOf(cuts: readonly CutPlace[], { lines, headers, starts, first, digest }: Around): readonly number[] {
  const digests = lines.map(digest);
  const candidates = headers.flatMap((header) => {
    const end = (starts.find((start) => start > header) ?? lines.length + 1) - 1;
    return Array.from({ length: end - header + 1 }, (_, index) => header + index);
  });
  const homeOf = ({ section, offset }: CutPlace): number => (headers[Math.min(section, headers.length - 1)] ?? 1) + offset;
  const [foremost] = cuts;
  // What others wrote above it moved it.
  const moved = foremost === undefined || first === null ? 0 : first.at - homeOf(foremost);
  const valueOf = (cut: CutPlace, at: number): number => {
    const score = Number(cut.above === (digests[at - 1] ?? null)) * 2 + Number(cut.below === (digests[at] ?? null));
    const stoodFirst = foremost !== undefined && isBeside(cut, foremost) && at === first?.at ? first.weight : 0;
    return (score + stoodFirst) * perScore - Math.abs(at - homeOf(cut) - moved);
  };
  let best: readonly Place[] = candidates.map((at) => ({ at, value: 0, earlier: null }));
  for (const cut of cuts) {
    let earlier: Place | null = null;
    best = best.map((place) => {
      if (earlier === null || place.value > earlier.value) earlier = place;
      return { at: place.at, value: earlier.value + valueOf(cut, place.at), earlier };
    });
  }
  const places: number[] = [];
  let last = best.reduce<Place | null>((found, place) => (found === null || place.value > found.value ? place : found), null);
  for (; last !== null && places.length < cuts.length; last = last.earlier) places.unshift(last.at);
  return places;
}

/** Whether nothing that was kept stood between two cuts. */
function isBeside(a: CutPlace, b: CutPlace): boolean {
  return a.section === b.section && a.offset === b.offset;
}
