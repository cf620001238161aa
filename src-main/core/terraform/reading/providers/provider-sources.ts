import type { Module } from '../../language/module-files.ts';

/** Which program a provider is. */
export type ProviderSource = {
  /** With its host, in lower case: `registry.terraform.io/hashicorp/aws`. What has another one is another provider. */
  readonly address: string;
  /** As a file would name it: without the host where that is the usual one. */
  readonly written: string;
  /**
   * `aws`: HashiCorp's own, wherever it is mirrored. `foreign`: another one that looks as if it took the
   * same credentials, or that is not understood, so nothing is known of it. `other`: has nothing to do with AWS accounts.
   */
  readonly kind: 'aws' | 'foreign' | 'other';
};

/** Where a program looks for the providers whose sources name no host. */
export type UsualRegistry = {
  readonly host: string;
  /** The host that a state may name in its place; null where a state means what it says. */
  readonly formerHost: string | null;
};

/** Signs of an expression. */
const noAddress = /[\s"'${}()[\],?]/;

/** The source of the provider that a module calls `local` (Terraform language documentation, "Provider Requirements"). */
export function sourceOf(local: string, { requirements }: Pick<Module, 'requirements'>, registry: UsualRegistry): ProviderSource {
  return providerSource(requirements.get(local)?.source ?? local, registry);
}

/** A source as a file or a state has it, such as `hashicorp/aws`. */
export function providerSource(written: string, registry: UsualRegistry): ProviderSource {
  if (noAddress.test(written)) return { address: written, written, kind: 'foreign' };
  const [type = '', namespace = 'hashicorp', said = registry.host] = written.toLowerCase().split('/').toReversed();
  // The usual port is the same as none.
  const host = said.replace(/:443$/, '');
  const short = `${namespace}/${type}`;
  const address = `${host}/${short}`;
  return { address, written: host === registry.host ? short : address, kind: kindOf(namespace, type) };
}

/** Partners' providers for AWS, such as `cloudposse/awsutils`, begin with its name and take its credentials. */
function kindOf(namespace: string, type: string): ProviderSource['kind'] {
  if (namespace === 'hashicorp' && (type === 'aws' || type === 'awscc')) return 'aws';
  return type.startsWith('aws') ? 'foreign' : 'other';
}
