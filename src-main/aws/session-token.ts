import type { Result } from '../contract/app-error.ts';
import type { SessionCredentials } from '../core/credentials.ts';
import { appError, failed, succeeded } from '../core/errors.ts';
import { stsClient, type ClientOptions } from './clients.ts';
import { fromSdkError } from './errors.ts';

export type SessionTokenRequest = {
  readonly serial: string;
  readonly code: string;
  readonly durationSeconds: number;
};

/**
 * A base session from GetSessionToken with MFA. Sent once: AWS takes a code once, so a repeated
 * call could only be refused.
 */
export async function sessionToken(options: ClientOptions, request: SessionTokenRequest): Promise<Result<SessionCredentials>> {
  const client = await stsClient({ ...options, maxAttempts: 1 });
  try {
    const { GetSessionTokenCommand } = await import('@aws-sdk/client-sts');
    const { Credentials: issued } = await client.send(
      new GetSessionTokenCommand({
        SerialNumber: request.serial,
        TokenCode: request.code,
        DurationSeconds: request.durationSeconds,
      }),
    );
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: token, Expiration: expiration } = issued ?? {};
    if (!accessKeyId || !secretAccessKey || !token || !expiration) {
      return failed(appError('unexpected-answer', { service: 'STS', name: 'no credentials' }));
    }
    return succeeded({ accessKeyId, secretAccessKey, sessionToken: token, expiresAt: expiration.getTime() });
  } catch (error) {
    const appFailure = fromSdkError(error, { ...options, service: 'STS', action: 'sts:GetSessionToken', now: Date.now() });
    // The sentences name what was asked for, which only this call knows.
    return failed({ ...appFailure, params: { serial: request.serial, seconds: request.durationSeconds, ...appFailure.params } });
  } finally {
    client.destroy();
  }
}
