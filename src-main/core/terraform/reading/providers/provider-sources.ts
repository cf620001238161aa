import type { Module } from '../../language/module-files.ts';

/** Which program a provider is. */
export type ProviderSource = {
  /** `hashicorp/aws`, with the host in front where it is not the usual registry. In lower case. */
  readonly address: string;
  /**
   * `aws`: HashiCorp's own, wherever it is mirrored. `foreign`: another one that looks as if it took the
   * same credentials, or that is not understood, so nothing is known of it. `other`: has nothing to do with AWS accounts.
   */
  readonly kind: 'aws' | 'foreign' | 'other';
};

const usualHosts: ReadonlySet<string> = new Set(['registry.terraform.io', 'registry.opentofu.org']);

/** Signs of an expression. */
const noAddress = /[\s"'${}()[\],?]/;

/** The source of the provider that a module calls `local` (Terraform language documentation, "Provider Requirements"). */
export function sourceOf(local: string, { requirements }: Pick<Module, 'requirements'>): ProviderSource {
  return providerSource(requirements.get(local)?.source ?? local);
}

/** A source as a file or a state has it, such as `hashicorp/aws`. */
export function providerSource(written: string): ProviderSource {
  const parts = written.toLowerCase().split('/');
  const [type = '', namespace = 'hashicorp', host] = parts.toReversed();
  if (noAddress.test(written)) return { address: written, kind: 'foreign' };
  const address = [...(host === undefined || usualHosts.has(host) ? [] : [host]), namespace, type].join('/');
  return { address, kind: kindOf(namespace, type) };
}

/** Partners' providers for AWS, such as `cloudposse/awsutils`, begin with its name and take its credentials. */
function kindOf(namespace: string, type: string): ProviderSource['kind'] {
  if (namespace === 'hashicorp' && (type === 'aws' || type === 'awscc')) return 'aws';
  return type.startsWith('aws') ? 'foreign' : 'other';
}
