/** Tables of which no two have a key in common: a key that a table repeats has the type `never` in it. */
type Disjoint<Tables extends readonly unknown[], Taken extends PropertyKey = never> = Tables extends readonly [infer First, ...infer Rest]
  ? readonly [First & { readonly [K in keyof First & Taken]: never }, ...Disjoint<Rest, Taken | keyof First>]
  : readonly [];

type Merged<Tables extends readonly unknown[]> = Tables extends readonly [infer First, ...infer Rest] ? First & Merged<Rest> : unknown;

/**
 * One table of handlers out of those of several features. It does not compile when two of them
 * handle the same name, which a spread would let pass: the last one would win.
 */
export function mergeHandlers<const Tables extends readonly object[]>(...tables: Tables & Disjoint<Tables>): Merged<Tables> {
  return Object.assign({}, ...tables) as Merged<Tables>;
}
