import { composed } from './values/composed.ts';
import { failure, isRecord, notKnown, type Value } from './values/value.ts';
import { collectionFunctions } from './functions/collections.ts';
import { conversionFunctions } from './functions/conversions.ts';
import { dateFunctions } from './functions/dates.ts';
import { type CallContext, define, said, type TerraformFunction } from './calling/define.ts';
import type { ProviderWithFunctions } from './calling/provider-names.ts';
import { encodingFunctions } from './functions/encoding.ts';
import { fileFunctions } from './functions/files.ts';
import { formatFunctions } from './functions/formatting.ts';
import { jsonFunctions } from './functions/json.ts';
import { mapFunctions } from './functions/maps.ts';
import { networkFunctions } from './functions/networks.ts';
import { numberFunctions } from './functions/numbers.ts';
import { awsFunctions } from './functions/providers/aws.ts';
import { tfvarsFunctions } from './functions/providers/tfvars.ts';
import { regexFunctions } from './functions/regular-expressions.ts';
import { setFunctions } from './functions/sets.ts';
import { stringFunctions } from './functions/strings.ts';
import { yamlFunctions } from './functions/yaml.ts';

/**
 * The functions of Terraform 1.11 that need no network, no clock and no chance. All others, such as
 * `timestamp`, `uuid`, `bcrypt`, `rsadecrypt`, and those of other providers, are unknown.
 */
const functions: ReadonlyMap<string, TerraformFunction> = new Map(
  Object.entries({
    ...collectionFunctions,
    ...conversionFunctions,
    ...dateFunctions,
    ...encodingFunctions,
    ...fileFunctions,
    ...formatFunctions,
    ...jsonFunctions,
    ...mapFunctions,
    ...networkFunctions,
    ...numberFunctions,
    ...regexFunctions,
    ...setFunctions,
    ...stringFunctions,
    ...yamlFunctions,
    templatestring: define({ params: ['string', 'any'], takesPartly: true, takesStandIns: true }, ([template, names = null], { render }) =>
      isRecord(names) ? render(said(template), names) : failure,
    ),
  }),
);

const providerFunctions: Readonly<Record<ProviderWithFunctions, ReadonlyMap<string, TerraformFunction>>> = {
  aws: new Map(Object.entries(awsFunctions)),
  terraform: new Map(Object.entries(tfvarsFunctions)),
};

/** Calls a function by its name, with or without `core::` in front, or as `provider::`, the module's name for the provider, and its own. */
export function callFunction(name: string, args: readonly Value[], context: CallContext): Value {
  const [, local, ofProvider = ''] = /^provider::([^:]+)::([^:]+)$/.exec(name) ?? [];
  const provider = local === undefined ? null : (context.providerNamed?.(local) ?? null);
  const named = provider === null ? functions.get(name.replace(/^core::/, '')) : providerFunctions[provider].get(ofProvider);
  return named === undefined ? notKnown : composed(named(args, context));
}
