/** The providers whose functions are modelled. */
export type ProviderWithFunctions = 'aws' | 'terraform';

/** What a module's own name for a provider stands for; null for one whose functions are not modelled. */
export type ProviderNamed = (local: string) => ProviderWithFunctions | null;

const implied: ReadonlyMap<string, ProviderWithFunctions> = new Map([
  ['aws', 'aws'],
  ['terraform', 'terraform'],
]);

/** By the sources in \`required_providers\`; HashiCorp's own may be mirrored by another host. */
export function providersNamed(requirements: ReadonlyMap<string, { readonly source: string | null }>): ProviderNamed {
  return (local) => {
    const source = requirements.get(local)?.source?.toLowerCase() ?? null;
    if (source === null) return implied.get(local) ?? null;
    if (source === 'terraform.io/builtin/terraform') return 'terraform';
    return /^(?:(?:[^/\s]+\/)?hashicorp\/)?aws$/.test(source) ? 'aws' : null;
  };
}
