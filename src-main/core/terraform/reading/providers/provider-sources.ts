import type { Module } from '../../language/module-files.ts';

/** Which program a provider is. */
export type ProviderSource = {
  /** With its host, in lower case: `registry.terraform.io/hashicorp/aws`. What has another one is another provider. */
  readonly address: string;
  /** As a file would name it: without the host where that is the usual one. */
  readonly written: string;
  /**
   * `aws`: HashiCorp's own, wherever it is mirrored. `foreign`: another one that looks as if it took the
   * same credentials, or that is not understood, so nothing is known of it. `other`: by its name it has nothing to
   * do with AWS accounts; where a module uses it in the place of one that has, it is foreign all the same.
   */
  readonly kind: 'aws' | 'foreign' | 'other';
};

/** Where a program looks for the providers whose sources name no host. */
export type UsualRegistry = {
  readonly host: string;
  /** The host that a state may name in its place; null where a state means what it says. */
  readonly formerHost: string | null;
  /** `TF_REATTACH_PROVIDERS`: providers that somebody has started already, in JSON by their sources; null for none. */
  readonly reattached: string | null;
};

/** What may stand in a source. Terraform takes others for letters of these, as `ａ` for `a`; what else there is are signs of an expression. */
const plain = /^[\w.:/-]*$/;

/** The source of the provider that a module calls `local` (Terraform language documentation, "Provider Requirements"). */
export function sourceOf(local: string, { requirements }: Pick<Module, 'requirements'>, registry: UsualRegistry): ProviderSource {
  return providerSource(requirements.get(local)?.source ?? local, registry);
}

/** A source as a file or a state has it, such as `hashicorp/aws`. */
export function providerSource(written: string, registry: UsualRegistry): ProviderSource {
  if (!plain.test(written)) return { address: written, written, kind: 'foreign' };
  const [type = '', namespace = 'hashicorp', said = registry.host] = written.toLowerCase().split('/').toReversed();
  // The usual port is the same as none.
  const host = said.replace(/:443$/, '');
  const short = `${namespace}/${type}`;
  const address = `${host}/${short}`;
  return { address, written: host === registry.host ? short : address, kind: kindOf(namespace, type) };
}

/** Whether a provider runs already, with the credentials that it was started with. Of what is not understood nothing is known. */
export function isReattached({ address }: ProviderSource, registry: UsualRegistry): boolean {
  if (registry.reattached === null) return false;
  const named = (source: string): string => source.split('/').slice(1).join('/');
  return sourcesIn(registry.reattached)?.some((source) => !plain.test(source) || named(providerSource(source, registry).address) === named(address)) ?? true;
}

/** The names in an object, in JSON; null for anything else. */
function sourcesIn(text: string): readonly string[] | null {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === 'object' && said !== null && !Array.isArray(said) ? Object.keys(said) : null;
  } catch {
    return null;
  }
}

/** Whether a module's name for a provider, or the first word of a type of resources, is one of AWS. */
export function isNameOfAws(name: string): boolean {
  return name.startsWith('aws');
}

/** Partners' providers for AWS, such as `cloudposse/awsutils`, begin with its name and take its credentials. */
function kindOf(namespace: string, type: string): ProviderSource['kind'] {
  if (namespace === 'hashicorp' && (type === 'aws' || type === 'awscc')) return 'aws';
  return isNameOfAws(type) ? 'foreign' : 'other';
}
