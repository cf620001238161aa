import type { AssumeRoleCommandOutput } from '@aws-sdk/client-sts';
import type { Result } from '../../contract/app-error.ts';
import { accountIdOf } from '../../core/aws-names/arn.ts';
import type { SessionCredentials } from '../../core/credentials.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { AssumedRole } from '../../core/profiles/role-chains.ts';
import type { PolicyParameters } from '../../core/sessions/session-policies.ts';
import { askSts, type ClientOptions } from '../client/clients.ts';

/** The parts of a role profile that are sent to AWS. */
export type RoleRequest = Pick<AssumedRole, 'roleArn' | 'externalId' | 'sourceIdentity' | 'sessionTags' | 'transitiveTagKeys'>;

/** A role session, and who it acts as: an ARN of `assumed-role/ROLE/SESSION`. */
export type RoleSession = { readonly credentials: SessionCredentials; readonly arn: string; readonly accountId: string };

export type AssumeRoleRequest = RoleRequest & {
  readonly roleSessionName: string;
  readonly durationSeconds: number;
  /** Only with an access key: AWS takes no code from a session. */
  readonly mfa: { readonly serial: string; readonly code: string } | null;
  /** The profile whose credentials these are, for error messages. */
  readonly caller: string;
  /** What limits the session beside the role's own policies; left out for nothing. */
  readonly policies?: PolicyParameters | undefined;
};

/**
 * A role session from AssumeRole. A call with a code is sent once, as for a base session.
 *
 * Errors of its own: `role-not-allowed` `{caller, roleArn}`, `role-duration-refused` `{roleArn,
 * seconds}`, `session-expired` `{profile}` when the session that it would be made from has run out,
 * `policy-malformed` and `policy-too-large` for session policies.
 */
export async function assumeRole(options: ClientOptions, request: AssumeRoleRequest): Promise<Result<RoleSession>> {
  const { roleArn, durationSeconds, mfa } = request;
  const subject = { profile: request.caller, action: 'sts:AssumeRole', role: { roleArn, durationSeconds } };
  const once = mfa === null ? {} : ({ maxAttempts: 1 } as const);
  const issued = await askSts({ arn: roleArn, ...options, ...once }, subject, async (client) => {
    const { AssumeRoleCommand } = await import('@aws-sdk/client-sts');
    return sessionOf(await client.send(new AssumeRoleCommand(assumeRoleInput(request))));
  });
  if (issued.ok || mfa === null) return issued;
  // Error messages about codes name the device, which only this function knows.
  return failed({ ...issued.error, params: { serial: mfa.serial, ...issued.error.params } });
}

/** What AssumeRole and its kin answer. Errors: `unexpected-answer`. */
export function sessionOf({
  Credentials: given,
  AssumedRoleUser: user,
}: Pick<AssumeRoleCommandOutput, 'Credentials' | 'AssumedRoleUser'>): Result<RoleSession> {
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: token, Expiration: expiration } = given ?? {};
  const arn = user?.Arn ?? '';
  const accountId = accountIdOf(arn);
  if (!accessKeyId || !secretAccessKey || !token || !expiration || accountId === null) {
    return failed(appError('unexpected-answer', { service: 'STS', name: 'no credentials' }));
  }
  const credentials = { accessKeyId, secretAccessKey, sessionToken: token, expiresAt: expiration.getTime() };
  return succeeded({ credentials, arn, accountId });
}

function assumeRoleInput({
  roleArn,
  roleSessionName,
  durationSeconds,
  externalId,
  sourceIdentity,
  sessionTags,
  transitiveTagKeys,
  mfa,
  policies,
}: AssumeRoleRequest) {
  return {
    RoleArn: roleArn,
    RoleSessionName: roleSessionName,
    DurationSeconds: durationSeconds,
    ...(externalId === null ? {} : { ExternalId: externalId }),
    ...(sourceIdentity === null ? {} : { SourceIdentity: sourceIdentity }),
    ...(sessionTags.length === 0 ? {} : { Tags: sessionTags.map(({ key, value }) => ({ Key: key, Value: value })) }),
    ...(transitiveTagKeys.length === 0 ? {} : { TransitiveTagKeys: [...transitiveTagKeys] }),
    ...(policies === undefined || policies.document === null ? {} : { Policy: policies.document }),
    ...(policies === undefined || policies.arns.length === 0 ? {} : { PolicyArns: policies.arns.map((arn) => ({ arn })) }),
    ...(mfa === null ? {} : { SerialNumber: mfa.serial, TokenCode: mfa.code }),
  };
}
