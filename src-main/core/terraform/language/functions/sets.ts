import { convert, setOf } from '../values/convert.ts';
import type { Compared } from '../values/stand-in.ts';
import { unified } from '../values/type.ts';
import { failure, notKnown, type Value, type Values } from '../values/value.ts';
import { contained, itemType, listed, product } from './collections.ts';
import { anySet, define, type TerraformFunction } from '../calling/define.ts';

/** Keeps the items of the first set that the others have, or have not; null where that is not known. */
function kept(sets: readonly Values[], wanted: boolean, compared?: Compared): readonly Value[] | null {
  const [first = [], ...others] = sets;
  const found = [...first].map((item) => others.map((other) => contained(other, item, compared)));
  if (found.flat().includes(null)) return null;
  return [...first].filter((_item, index) => (found[index] ?? []).every((isThere) => isThere === wanted));
}

const ofSets = (combine: (sets: readonly Values[], compared?: Compared) => readonly Value[] | null): TerraformFunction =>
  define({ params: [anySet], rest: anySet, takesStandIns: true }, (args, { compared }) => {
    const of = unified(args.map((arg) => itemType(listed(arg) ?? [])));
    if (of === null) return failure;
    // An empty set may be one of texts, to which Terraform then changes the items of the others.
    if (of === undefined || (of !== 'string' && args.some((arg) => listed(arg)?.length === 0))) return notKnown;
    const sets = args.map((arg) => convert(arg, { kind: 'set', of }));
    const items = sets.every((set) => listed(set) !== null)
      ? combine(
          sets.map((set) => listed(set) ?? []),
          compared,
        )
      : null;
    return items === null ? notKnown : setOf(items, of);
  });

/** Functions of sets (Terraform language documentation, "Functions"). */
export const setFunctions: Readonly<Record<string, TerraformFunction>> = {
  setintersection: ofSets((sets, compared) => kept(sets, true, compared)),
  setproduct: define({ params: ['any'], rest: 'any' }, product),
  setsubtract: ofSets(([first = [], second = []], compared) => kept([first, second], false, compared)),
  setunion: ofSets((sets) => sets.flat()),
};
