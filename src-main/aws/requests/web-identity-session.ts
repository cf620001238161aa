import type { AppError, Result } from '../../contract/app-error.ts';
import { appError, failed } from '../../core/errors.ts';
import type { OwnRole } from '../../core/profiles/config-entry.ts';
import { askSts, type ClientOptions } from '../client/clients.ts';
import { type RoleSession, sessionOf } from './role-session.ts';

export type WebIdentityRequest = {
  readonly role: Pick<OwnRole, 'roleArn' | 'durationSeconds'>;
  /** The token itself. */
  readonly token: string;
  readonly roleSessionName: string;
};

/** No key signs such a call: the token is the proof. */
const noKey = { accessKeyId: '', secretAccessKey: '' } as const;

/**
 * A role session from AssumeRoleWithWebIdentity. Errors of its own: `web-identity-expired` `{profile}`,
 * `web-identity-refused` `{profile, roleArn, name}`; `role-not-allowed`, `role-duration-refused` as for AssumeRole.
 */
export async function webIdentitySession(
  options: Omit<ClientOptions, 'credentials'>,
  { role, token, roleSessionName }: WebIdentityRequest,
): Promise<Result<RoleSession>> {
  const { roleArn, durationSeconds } = role;
  const subject = { profile: options.profile, action: 'sts:AssumeRoleWithWebIdentity', role: { roleArn, durationSeconds } };
  const issued = await askSts({ ...options, arn: roleArn, credentials: noKey }, subject, async (client) => {
    const { AssumeRoleWithWebIdentityCommand } = await import('@aws-sdk/client-sts');
    return sessionOf(
      await client.send(
        new AssumeRoleWithWebIdentityCommand({ RoleArn: roleArn, RoleSessionName: roleSessionName, WebIdentityToken: token, DurationSeconds: durationSeconds }),
      ),
    );
  });
  return issued.ok ? issued : failed(aboutToken(issued.error, options.profile, roleArn));
}

/** What AWS says about the token (STS API reference, AssumeRoleWithWebIdentity, "Errors"). */
function aboutToken(error: AppError, profile: string, roleArn: string): AppError {
  const name = error.code === 'unexpected-answer' ? String(error.params['name'] ?? '') : '';
  if (error.code === 'session-expired') return appError('web-identity-expired', { profile });
  return /InvalidIdentityToken|IDPRejectedClaim|IDPCommunicationError|OIDC/.test(name) ? appError('web-identity-refused', { profile, roleArn, name }) : error;
}
