import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { Principal } from '../../core/revocation/revocation.ts';
import { askIam, askSts, type ClientOptions } from '../client/clients.ts';

/**
 * Who the credentials belong to, and AWS's own time (epoch milliseconds, whole seconds) from the
 * answer's `Date` header: sessions are dated by AWS's clock, and this machine's may be minutes off.
 */
export function callerAt(options: ClientOptions): Promise<Result<{ readonly arn: string; readonly time: number }>> {
  return askSts(options, { profile: options.profile, action: 'sts:GetCallerIdentity' }, async (client) => {
    const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
    let date = '';
    client.middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        const { headers = {} } = answer.response as { readonly headers?: Readonly<Record<string, string>> };
        date = headers['date'] ?? '';
        return answer;
      },
      { step: 'deserialize', name: 'dateOfAnswer' },
    );
    const { Arn: arn } = await client.send(new GetCallerIdentityCommand({}));
    const time = Date.parse(date);
    if (!arn || Number.isNaN(time)) return failed(appError('unexpected-answer', { service: 'STS', name: 'no date' }));
    return succeeded({ arn, time });
  });
}

/**
 * Writes an inline policy on a user or role. It replaces one of the same name, and no other.
 *
 * Errors of its own: `policy-limit` `{name}`, `entity-missing`, `entity-protected`, and
 * `session-expired` `{profile}` when the policy may already deny the very session that wrote it.
 */
export function putPolicy(options: ClientOptions, { kind, name }: Principal, policyName: string, document: string): Promise<Result<null>> {
  const action = kind === 'user' ? 'iam:PutUserPolicy' : 'iam:PutRolePolicy';
  return askIam(options, { profile: options.profile, action }, async (client) => {
    const { PutRolePolicyCommand, PutUserPolicyCommand, LimitExceededException } = await import('@aws-sdk/client-iam');
    const policy = { PolicyName: policyName, PolicyDocument: document };
    try {
      if (kind === 'user') await client.send(new PutUserPolicyCommand({ UserName: name, ...policy }));
      else await client.send(new PutRolePolicyCommand({ RoleName: name, ...policy }));
      return succeeded(null);
    } catch (error) {
      if (error instanceof LimitExceededException) return failed(appError('policy-limit', { name }));
      if (isDeniedRepeat(error)) return failed(appError('session-expired', { profile: options.profile }));
      throw error;
    }
  });
}

/** If the answer to the first try was lost, the policy that it wrote may be what denies the second try. */
function isDeniedRepeat(error: unknown): boolean {
  const { message, $metadata } = error as { readonly message?: unknown; readonly $metadata?: { readonly attempts?: number } };
  return ($metadata?.attempts ?? 1) > 1 && /with an explicit deny/i.test(String(message));
}

/** Removes an inline policy; it is not a failure when the policy is already gone. */
export function deletePolicy(options: ClientOptions, { kind, name }: Principal, policyName: string): Promise<Result<null>> {
  const action = kind === 'user' ? 'iam:DeleteUserPolicy' : 'iam:DeleteRolePolicy';
  return askIam(options, { profile: options.profile, action }, async (client) => {
    const { DeleteRolePolicyCommand, DeleteUserPolicyCommand, NoSuchEntityException } = await import('@aws-sdk/client-iam');
    try {
      if (kind === 'user') await client.send(new DeleteUserPolicyCommand({ UserName: name, PolicyName: policyName }));
      else await client.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName: policyName }));
      return succeeded(null);
    } catch (error) {
      if (error instanceof NoSuchEntityException) return succeeded(null);
      throw error;
    }
  });
}

/** The longest session that a role allows, in seconds; null when it cannot be read. */
export async function roleSecondsMax(options: ClientOptions, roleName: string): Promise<number | null> {
  const found = await askIam(options, { profile: options.profile, action: 'iam:GetRole' }, async (client) => {
    const { GetRoleCommand } = await import('@aws-sdk/client-iam');
    const { Role: role } = await client.send(new GetRoleCommand({ RoleName: roleName }));
    return succeeded(role?.MaxSessionDuration ?? null);
  });
  return found.ok ? found.value : null;
}
