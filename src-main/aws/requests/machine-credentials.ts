import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { MachineSource } from '../../core/profiles/foreign-source.ts';
import type { CallCredentials } from '../client/clients.ts';

/** How long the machine's own service may take to answer, in milliseconds; away from AWS nobody answers at all. */
const timeout = 2_000;

/**
 * The credentials of the role that this machine has inside AWS: of an EC2 instance from its metadata service, of a
 * container from the address that its environment names. The AWS SDK's own providers ask, so they go where those of other
 * programs go. They sign one call and are let go. Fails with `machine-no-role` `{profile, value}`.
 */
export async function machineCredentials(profile: string, from: MachineSource): Promise<Result<CallCredentials>> {
  try {
    const { accessKeyId, secretAccessKey, sessionToken } = await (await provider(from))();
    return succeeded({ accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) });
  } catch {
    // Their messages may quote what was answered.
    return failed(appError('machine-no-role', { profile, value: from }));
  }
}

async function provider(from: MachineSource) {
  if (from === 'Ec2InstanceMetadata') {
    const { fromInstanceMetadata } = await import('@smithy/credential-provider-imds');
    return fromInstanceMetadata({ timeout, maxRetries: 1 });
  }
  const { fromHttp } = await import('@aws-sdk/credential-provider-http');
  return fromHttp({ timeout, maxRetries: 1 });
}
