import { loadSharedConfigFiles } from '@smithy/core/config';

/** What the environment and a profile say about the way to AWS, beside what the SDK's clients read by themselves. */
export type ClientSettings = {
  /** The address that is asked in place of AWS's own; null without. */
  readonly endpoint: string | null;
  /** A file that takes the place of the trusted roots; null without. */
  readonly caBundle: string | null;
  /** `legacy`: STS is asked at its global endpoint, in those regions that once knew no other. */
  readonly stsEndpoints: 'regional' | 'legacy';
};

type Settings = Readonly<Record<string, string | undefined>>;

/**
 * Reads settings as botocore does (`configprovider.py`, `endpoint.py`): the environment wins over
 * the profile, and empty counts as unset. The SDK has no option for the last two, and looks for
 * `endpoint_url` in `AWS_PROFILE` whatever profile its client is for.
 *
 * Reading drops what the SDK remembers of the files, so that a client made afterwards sees them as
 * they are.
 */
export async function clientSettings(profile: string, service: 'sts' | 'iam', env: NodeJS.ProcessEnv): Promise<ClientSettings> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const entry: Settings = { ...configFile[profile], ...credentialsFile[profile] };
  const services: Settings = configFile[`services.${entry['services']}`] ?? {};
  const stsEndpoints = env['AWS_STS_REGIONAL_ENDPOINTS'] || entry['sts_regional_endpoints'];
  return {
    endpoint: configuredEndpoint(service, env, entry, services),
    caBundle: env['AWS_CA_BUNDLE'] || entry['ca_bundle'] || env['REQUESTS_CA_BUNDLE'] || null,
    stsEndpoints: stsEndpoints === 'legacy' ? 'legacy' : 'regional',
  };
}

/** In the order of the AWS SDKs and Tools reference guide, "Service-specific endpoints". */
function configuredEndpoint(service: 'sts' | 'iam', env: NodeJS.ProcessEnv, entry: Settings, services: Settings): string | null {
  const ignored = env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] || entry['ignore_configured_endpoint_urls'];
  if (ignored?.toLowerCase() === 'true') return null;
  return (
    env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ||
    env['AWS_ENDPOINT_URL'] ||
    services[`${service}.endpoint_url`] ||
    entry['endpoint_url'] ||
    null
  );
}
