import type { IAMClient } from '@aws-sdk/client-iam';
import type { STSClient } from '@aws-sdk/client-sts';

/** Credentials as the SDK's clients take them. */
export type CallCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

export type ClientOptions = {
  readonly profile: string;
  readonly region: string | null;
  readonly credentials: CallCredentials;
  /** 1 for a call that carries an MFA code, which AWS takes once; else the SDK's own retries. */
  readonly maxAttempts?: 1;
};

/** Connecting and answering together must stay well below the patience of a person with a code in hand. */
const requestHandler = { connectionTimeout: 5_000, requestTimeout: 15_000, throwOnRequestTimeout: true } as const;

/**
 * The SDK clients read endpoints, FIPS and partition from the environment and from the profile's
 * own entry, as the AWS CLI does. They are loaded at their first use, to keep the start quick.
 */
export async function stsClient(options: ClientOptions): Promise<STSClient> {
  const sdk = await import('@aws-sdk/client-sts');
  return new sdk.STSClient(clientConfig(options));
}

export async function iamClient(options: ClientOptions): Promise<IAMClient> {
  const sdk = await import('@aws-sdk/client-iam');
  return new sdk.IAMClient(clientConfig(options));
}

function clientConfig({ profile, region, credentials, maxAttempts }: ClientOptions) {
  return {
    profile,
    // Both services answer in every partition's home region; us-east-1 is where the AWS CLI asks without one.
    region: process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] ?? region ?? 'us-east-1',
    credentials,
    requestHandler,
    ...(maxAttempts === undefined ? {} : { maxAttempts }),
  };
}
