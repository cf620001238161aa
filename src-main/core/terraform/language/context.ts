import type { ProviderNamed } from './calling/provider-names.ts';
import type { Surroundings } from './calling/surroundings.ts';
import type { Reference } from './syntax/expression.ts';
import type { Compared } from './values/stand-in.ts';
import type { Value } from './values/value.ts';

/** What an expression is evaluated with. */
export type Context = {
  /** The value behind a name of the scope. */
  readonly named: (reference: Reference) => Value;
  /** The names that a `for` or a template gives. */
  readonly bound: ReadonlyMap<string, Value>;
  /** The item of a splat. */
  readonly current: Value;
  readonly surroundings: Surroundings;
  readonly providerNamed?: ProviderNamed;
  readonly compared?: Compared;
};
