import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { clientSettings } from '../client/client-settings.ts';
import type { AwsFiles } from '../files/environment.ts';

/** Whose configuration says where STS is. */
export type StsCaller = {
  readonly profile: string;
  readonly files: AwsFiles;
  /** The environment of the program that calls, as far as it says something about the way to AWS. */
  readonly env: Readonly<Record<string, string>>;
};

export type StsEndpoint = {
  readonly url: URL;
  readonly signingRegion: string;
  /** As in `ClientSettings`. */
  readonly caBundle: string | null;
};

/**
 * Where a program would call STS in a region, by the SDK's own rules: its own endpoint if one is
 * configured, else AWS's, with FIPS and dual-stack.
 *
 * Errors: `network-unreachable` when the settings contradict each other.
 */
export async function stsEndpoint({ profile, files, env }: StsCaller, region: string): Promise<Result<StsEndpoint>> {
  const [{ STSClient, GetCallerIdentityCommand }, { getEndpointFromInstructions }] = await Promise.all([
    import('@aws-sdk/client-sts'),
    import('@smithy/core/endpoints'),
  ]);
  const { endpoint, caBundle, stsEndpoints, useFipsEndpoint, useDualstackEndpoint } = await clientSettings(profile, 'sts', { files, env });
  const client = new STSClient({
    profile,
    region,
    credentials: { accessKeyId: '', secretAccessKey: '' },
    ignoreConfiguredEndpointUrls: true,
    // The AWS CLI and Terraform take an endpoint of one's own as it is; the SDK would refuse the two together.
    useFipsEndpoint: useFipsEndpoint && endpoint === null,
    useDualstackEndpoint: useDualstackEndpoint && endpoint === null,
    useGlobalEndpoint: stsEndpoints === 'legacy',
    ...(endpoint === null ? {} : { endpoint }),
  });
  try {
    const { url, properties } = await getEndpointFromInstructions({}, GetCallerIdentityCommand, { ...client.config }, {});
    return succeeded({ url, signingRegion: signingRegionOf(properties) ?? region, caBundle });
  } catch (error) {
    return failed(appError('network-unreachable', { service: 'STS', reason: error instanceof Error ? error.message : 'no endpoint' }));
  } finally {
    client.destroy();
  }
}

/** The global endpoint is signed for us-east-1, whatever the region. */
function signingRegionOf(properties: Record<string, unknown> | undefined): string | null {
  const [scheme] = (properties?.['authSchemes'] ?? []) as readonly { readonly signingRegion?: string }[];
  return scheme?.signingRegion ?? null;
}
