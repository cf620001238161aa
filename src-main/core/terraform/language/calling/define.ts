import { convert, textOf } from '../values/convert.ts';
import { dependsOnStandIn, type Compared } from '../values/stand-in.ts';
import { failure, isKnown, notKnown, type Value, type Type } from '../values/value.ts';
import type { ProviderNamed } from './provider-names.ts';
import type { Surroundings } from './surroundings.ts';

/** What a function has besides its arguments. */
export type CallContext = {
  readonly surroundings: Surroundings;
  readonly providerNamed?: ProviderNamed;
  readonly compared?: Compared;
  /** The value of a template in which only these names are known. */
  readonly render: (template: string, names: Readonly<Record<string, Value>>) => Value;
};

export type TerraformFunction = (args: readonly Value[], context: CallContext) => Value;

type Parameter = Type | { readonly nullable: Type };

type Signature = {
  readonly params?: readonly Parameter[];
  /** The type of all further arguments. */
  readonly rest?: Parameter;
  /** Whether items inside of an argument may be unknown. */
  readonly takesPartly?: boolean;
  /** Whether it does not look into texts, or compares them by the account with which they were compared. */
  readonly takesStandIns?: boolean;
};

/**
 * A function whose arguments are converted and checked as Terraform does it: an argument that is not
 * known makes the result unknown, and null, or another type, is a failure.
 */
export function define({ params = [], rest, takesPartly = false, takesStandIns = false }: Signature, act: TerraformFunction): TerraformFunction {
  return (args, context) => {
    if (args.length < params.length || (rest === undefined && args.length > params.length)) return failure;
    const converted = args.map((arg, index) => taken(arg, params[index] ?? rest ?? 'any'));
    if (converted.includes(failure)) return failure;
    if (converted.includes(notKnown) || (!takesPartly && !converted.every(isKnown))) return notKnown;
    return !takesStandIns && converted.some(dependsOnStandIn) ? notKnown : act(converted, context);
  };
}

function taken(arg: Value, param: Parameter): Value {
  if (typeof param === 'object' && 'nullable' in param) return convert(arg, param.nullable);
  return arg === null ? failure : convert(arg, param);
}

/** A function of texts alone. */
export function ofTexts(count: number, act: (...texts: readonly string[]) => Value, more: Pick<Signature, 'takesStandIns'> = {}): TerraformFunction {
  return define({ params: Array.from({ length: count }, () => 'string' as const), ...more }, (texts) => act(...texts.map(said)));
}

export const listOfTexts = { kind: 'list', of: 'string' } as const;
export const textAndNumbers = ['string', 'number', 'number'] as const;
export const anyList = { kind: 'list', of: 'any' } as const;
export const anySet = { kind: 'set', of: 'any' } as const;

/** The text of an argument that was converted to one. */
export function said(arg: Value | undefined): string {
  return textOf(arg ?? null) ?? '';
}

/** Unknown for null, as the three-valued comparisons answer. */
export function truth(outcome: boolean | null): Value {
  return outcome ?? notKnown;
}
