import { AssumeRoleCommand, GetSessionTokenCommand, STSClient, type Credentials } from '@aws-sdk/client-sts';
import { IAMClient } from '@aws-sdk/client-iam';
import type { ClientCredentials } from './client-env.ts';
import type { LocalAws } from '../local-aws.ts';

/** Temporary credentials as a client holds them; `expiration` is what AWS returned. */
export type ClientSession = Required<ClientCredentials> & { readonly expiration: Date };

export function stsClient(aws: LocalAws, credentials: ClientCredentials = aws.alice): STSClient {
  return new STSClient(clientConfig(aws, credentials));
}

export function iamClient(aws: LocalAws, credentials: ClientCredentials = aws.alice): IAMClient {
  return new IAMClient(clientConfig(aws, credentials));
}

/** Starts a base session for alice with MFA, through the SDK; `durationSeconds` from 900 to 129,600. */
export async function startBaseSession(aws: LocalAws, durationSeconds = 28_800): Promise<ClientSession> {
  const TokenCode = await aws.nextTotpCode();
  const command = new GetSessionTokenCommand({
    SerialNumber: aws.alice.mfaSerial,
    TokenCode,
    DurationSeconds: durationSeconds,
  });
  return sessionFrom((await stsClient(aws).send(command)).Credentials);
}

/** Starts a role session of one hour, through the SDK. */
export async function assumeRole(aws: LocalAws, credentials: ClientCredentials, roleArn: string): Promise<ClientSession> {
  const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'local-aws' });
  return sessionFrom((await stsClient(aws, credentials).send(command)).Credentials);
}

export function sessionFrom(answer: Credentials | undefined): ClientSession {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) throw new Error('STS gave no credentials');
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}

function clientConfig({ endpoint, region }: LocalAws, held: ClientCredentials) {
  const { accessKeyId, secretAccessKey, sessionToken } = held;
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  return { endpoint, region, credentials, maxAttempts: 1 };
}
