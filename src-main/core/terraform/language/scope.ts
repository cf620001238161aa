import type { ProviderNamed } from './calling/provider-names.ts';
import type { Surroundings } from './calling/surroundings.ts';
import type { Reference } from './syntax/expression.ts';
import type { Compared } from './values/stand-in.ts';
import type { Attributes, Value } from './values/value.ts';

/** What AWS said, or what is supposed that it says, of the account that each provider reaches. */
export type World = {
  /** By the provider's address. A data source of any other provider is unknown. */
  readonly identities: ReadonlyMap<string, Identity>;
  readonly compared?: Compared;
};

/** What the data sources about an account have as attributes, by the type of the data source. */
export type Identity = ReadonlyMap<string, Attributes>;

/** Nothing is known of any account. */
export const noWorld: World = { identities: new Map() };

/** What a search for providers has met. */
export type Seen = {
  /** Names, by the module that they belong to. */
  readonly names: Map<unknown, Set<string>>;
  /** How often a name was met again whose own search had not ended, as in a circle. */
  passedOver: number;
};

export function nothingSeen(): Seen {
  return { names: new Map(), passedOver: 0 };
}

/** What names stand for in the place where an expression is. */
export type Scope = {
  /** The value behind `var.region` or `module.network.id`; unknown for every name that it does not know. */
  readonly lookUp: (reference: Reference, world: World) => Promise<Value>;
  /** The addresses of the providers on whose accounts that value depends, but for those behind names that were `seen` on the way. */
  readonly providersBehind: (reference: Reference, seen?: Seen) => Promise<ReadonlySet<string>>;
  readonly surroundings: Surroundings;
  /** Without it no function of a provider is known. */
  readonly providerNamed?: ProviderNamed;
};
