import type { Result } from '../../contract/app-error.ts';
import type { SessionCredentials } from '../../core/credentials.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { askSts, type ClientOptions } from '../client/clients.ts';

export type SessionTokenRequest = {
  readonly serial: string;
  readonly code: string;
  readonly durationSeconds: number;
};

/**
 * A base session from GetSessionToken with MFA. The call is sent once: AWS accepts a code only once,
 * so a repeated call could only be refused.
 */
export async function sessionToken(options: ClientOptions, request: SessionTokenRequest): Promise<Result<SessionCredentials>> {
  const subject = { profile: options.profile, action: 'sts:GetSessionToken' };
  const issued = await askSts<SessionCredentials>({ ...options, maxAttempts: 1 }, subject, async (client) => {
    const { GetSessionTokenCommand } = await import('@aws-sdk/client-sts');
    const { Credentials: given } = await client.send(
      new GetSessionTokenCommand({
        SerialNumber: request.serial,
        TokenCode: request.code,
        DurationSeconds: request.durationSeconds,
      }),
    );
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: token, Expiration: expiration } = given ?? {};
    if (!accessKeyId || !secretAccessKey || !token || !expiration) {
      return failed(appError('unexpected-answer', { service: 'STS', name: 'no credentials' }));
    }
    return succeeded({ accessKeyId, secretAccessKey, sessionToken: token, expiresAt: expiration.getTime() });
  });
  if (issued.ok) return issued;
  // Error messages name what was asked for, which only this function knows.
  return failed({ ...issued.error, params: { serial: request.serial, seconds: request.durationSeconds, ...issued.error.params } });
}
