import type { AppError } from '../../contract/app-error.ts';
import { accountIdOf } from '../../core/aws-names/arn.ts';
import { appError, succeeded } from '../../core/errors.ts';
import { trustRefusal } from '../../core/aws-names/trust-policy.ts';
import { askIam, type ClientOptions } from '../client/clients.ts';
import { callerIdentity } from './identity.ts';

type Refused = {
  readonly roleArn: string;
  readonly externalId: string | null;
  /** The error of the call itself. */
  readonly error: AppError;
};

/**
 * Looks further into a refused AssumeRole, because AWS gives the same answer for a missing role and for
 * one whose trust policy does not let the caller in. In the caller's own account IAM can distinguish
 * them, if the caller may read the role. About another account nothing more can be known.
 *
 * Errors: `role-missing` `{roleArn}`, `role-not-trusted` `{roleArn, caller}`, `role-external-id`
 * `{roleArn}`, `role-wants-mfa` `{roleArn}`, otherwise the original `error`.
 */
export async function explainRefusal(options: ClientOptions, { roleArn, externalId, error }: Refused): Promise<AppError> {
  if (error.code !== 'role-not-allowed') return error;
  const caller = await callerIdentity(options);
  if (!caller.ok || caller.value.accountId !== accountIdOf(roleArn)) return error;
  const roleName = roleArn.split('/').at(-1) ?? '';
  const found = await askIam(options, { profile: options.profile, action: 'iam:GetRole' }, async (client) => {
    const { GetRoleCommand, NoSuchEntityException } = await import('@aws-sdk/client-iam');
    try {
      const { Role: role } = await client.send(new GetRoleCommand({ RoleName: roleName }));
      return succeeded(role?.Arn === roleArn ? decodeURIComponent(role.AssumeRolePolicyDocument ?? '') : null);
    } catch (failure) {
      if (failure instanceof NoSuchEntityException) return succeeded(null);
      throw failure;
    }
  });
  if (!found.ok) return error;
  if (found.value === null) return appError('role-missing', { roleArn });
  switch (trustRefusal(found.value, { arn: caller.value.arn, externalId })) {
    case 'not-named':
      return appError('role-not-trusted', { roleArn, caller: caller.value.arn });
    case 'external-id':
      return appError('role-external-id', { roleArn });
    case 'mfa':
      return appError('role-wants-mfa', { roleArn });
    case 'unclear':
      return error;
  }
}
