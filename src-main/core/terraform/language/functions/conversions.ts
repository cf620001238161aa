import { convert } from '../values/convert.ts';
import { failure, notKnown, type Value, type Type } from '../values/value.ts';
import type { TerraformFunction } from '../calling/define.ts';

const to =
  (type: Type): TerraformFunction =>
  (args) =>
    args.length === 1 ? convert(args[0] ?? null, type) : failure;

const same: TerraformFunction = (args) => (args.length === 1 ? (args[0] ?? null) : failure);

/** The first value that is none of a failure; unknown if one that is unknown comes before it. */
function attempt(args: readonly Value[]): Value {
  const first = args.findIndex((arg) => arg !== failure);
  return first === -1 ? failure : (args[first] ?? null);
}

/** Type conversion functions (Terraform language documentation, "Functions"). */
export const conversionFunctions: Readonly<Record<string, TerraformFunction>> = {
  can: ([value = failure]) => (value === notKnown ? notKnown : value !== failure),
  ephemeralasnull: same,
  nonsensitive: same,
  sensitive: same,
  tobool: to('bool'),
  tolist: to({ kind: 'list', of: 'any' }),
  tomap: to({ kind: 'map', of: 'any' }),
  tonumber: to('number'),
  toset: to({ kind: 'set', of: 'any' }),
  tostring: to('string'),
  try: attempt,
};
