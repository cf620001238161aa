import type { AwsFiles } from '../files/environment.ts';
import { parsedFiles } from '../files/parsed-files.ts';
import { caBundleIn } from './transport.ts';

/** How to reach AWS, as the environment and a profile configure it. */
export type ClientSettings = {
  /** An address to call in place of AWS's own; null when none is configured. */
  readonly endpoint: string | null;
  /** A file of certificates that replaces the trusted roots; null when none is configured. */
  readonly caBundle: string | null;
  /** `legacy`: STS is called at its global endpoint in the regions that once had no other. */
  readonly stsEndpoints: 'regional' | 'legacy';
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
};

/** A service, by its ID in the AWS SDKs and Tools reference guide, "Service-specific endpoints". */
export type ConfiguredService = 'sts' | 'iam' | 'signin' | 'cloudtrail' | 'sso' | 'sso-oidc';

type Settings = Readonly<Record<string, string | undefined>>;

/**
 * Reads settings as botocore does (`configprovider.py`, `endpoint.py`): the environment wins over
 * the profile, and empty counts as unset. The SDK cannot do this: it has no option for some of these
 * settings, looks for `endpoint_url` in the profile that `AWS_PROFILE` names, even when its client is
 * for another one, and does not know the files that the user chose in the app.
 */
export async function clientSettings(
  profile: string,
  service: ConfiguredService,
  { files, env }: { readonly files: AwsFiles; readonly env: NodeJS.ProcessEnv },
): Promise<ClientSettings> {
  const { configFile, credentialsFile } = await parsedFiles(files, null);
  const entry: Settings = { ...configFile[profile], ...credentialsFile[profile] };
  const services: Settings = configFile[`services.${entry['services']}`] ?? {};
  const stsEndpoints = env['AWS_STS_REGIONAL_ENDPOINTS'] || entry['sts_regional_endpoints'];
  return {
    endpoint: configuredEndpoint(service, env, entry, services),
    caBundle: caBundleIn(env, entry['ca_bundle']),
    stsEndpoints: stsEndpoints === 'legacy' ? 'legacy' : 'regional',
    useFipsEndpoint: isTrue(env['AWS_USE_FIPS_ENDPOINT'] || entry['use_fips_endpoint']),
    useDualstackEndpoint: isTrue(env['AWS_USE_DUALSTACK_ENDPOINT'] || entry['use_dualstack_endpoint']),
  };
}

/** In the order of the AWS SDKs and Tools reference guide, "Service-specific endpoints". */
function configuredEndpoint(service: ConfiguredService, env: NodeJS.ProcessEnv, entry: Settings, services: Settings): string | null {
  if (isTrue(env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] || entry['ignore_configured_endpoint_urls'])) return null;
  // The ID of `sso-oidc` is `SSO OIDC`, which has an underscore in settings.
  const id = service.replace('-', '_');
  return env[`AWS_ENDPOINT_URL_${id.toUpperCase()}`] || env['AWS_ENDPOINT_URL'] || services[`${id}.endpoint_url`] || entry['endpoint_url'] || null;
}

function isTrue(setting: string | undefined): boolean {
  return setting?.toLowerCase() === 'true';
}
