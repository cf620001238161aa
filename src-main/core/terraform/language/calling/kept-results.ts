import { noSurroundings, type Surroundings } from './surroundings.ts';
import type { Expression } from '../syntax/expression.ts';
import { collectionType, isList, isRecord, type Attributes, type Value } from '../values/value.ts';

/** What came out of an expression, and with which accounts the other one was compared on the way. */
export type KeptResult = { readonly value: Value; readonly compared: readonly string[] };

/** By the values of the names that the expression has, one after the other. */
type Branch = { readonly next: Map<unknown, Branch>; result?: KeptResult };

const keptMax = 50_000;
/** An object with more parts is only the same as itself. */
const partsMax = 16;

/**
 * Results of expressions. One depends on nothing but the expression, the values of its names and the files of the
 * computer, so that instances and accounts for which these are the same share it, and no others do.
 */
export class KeptResults {
  #branches = new WeakMap<Expression, Branch>();
  readonly #tokens = new Map<string, object>();
  #count = 0;

  /** The result, if it is kept; else it is worked out, and kept unless that is null. */
  of(expression: Expression, values: readonly Value[], workOut: () => KeptResult | null): KeptResult | null {
    let branch: Branch = this.#branches.get(expression) ?? { next: new Map() };
    this.#branches.set(expression, branch);
    for (const value of values) {
      const key = this.#keyOf(value);
      const next: Branch = branch.next.get(key) ?? { next: new Map() };
      branch.next.set(key, next);
      branch = next;
    }
    if (branch.result !== undefined) return branch.result;
    const result = workOut();
    if (result === null) return null;
    branch.result = result;
    this.#count += 1;
    if (this.#count > keptMax) this.#forget();
    return result;
  }

  #forget(): void {
    this.#branches = new WeakMap();
    this.#tokens.clear();
    this.#count = 0;
  }

  /** Small objects, as what AWS says of an account, are told apart by what they hold; everything else that has parts by itself. */
  #keyOf(value: Value): unknown {
    const parts = isRecord(value) ? partsOf(value, { left: partsMax }) : null;
    if (parts === null) return value;
    const text = JSON.stringify(parts);
    const token = this.#tokens.get(text) ?? {};
    this.#tokens.set(text, token);
    return token;
  }
}

/** What an object holds, so that no other value has the same; null for one that has too many parts, or a list or a map among them. */
function partsOf(of: Attributes, room: { left: number }): readonly unknown[] | null {
  if (of[collectionType] !== undefined) return null;
  const parts: unknown[] = [];
  for (const [name, value] of Object.entries(of)) {
    room.left -= 1;
    const held = typeof value === 'symbol' ? { symbol: value.description } : isRecord(value) ? partsOf(value, room) : value;
    if (room.left < 0 || (held === null && value !== null) || isList(value) || Number.isNaN(value)) return null;
    parts.push(name, held);
  }
  return parts;
}

const results = new WeakMap<Surroundings, KeptResults>();

/** Those of one reading of a project; null where they would outlive it. */
export function keptIn(surroundings: Surroundings): KeptResults | null {
  if (surroundings === noSurroundings) return null;
  const kept = results.get(surroundings) ?? new KeptResults();
  results.set(surroundings, kept);
  return kept;
}
