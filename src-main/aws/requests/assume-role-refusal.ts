import type { AppError } from '../../contract/app-error.ts';
import { accountIdOf } from '../../core/aws-names/arn.ts';
import { appError, succeeded } from '../../core/errors.ts';
import { trustRefusal } from '../../core/aws-names/trust-policy.ts';
import { askIam, type ClientOptions } from '../client/clients.ts';
import { callerIdentity } from './identity.ts';

type Refused = {
  readonly roleArn: string;
  readonly externalId: string | null;
  /** As the call itself told it. */
  readonly error: AppError;
};

/**
 * Looks further into an AssumeRole that was refused: AWS says the same of a role that is missing as of
 * one whose trust policy does not let the caller in. In the caller's own account IAM can tell them apart,
 * where it may be asked; of another account nothing more can be known than what the call said.
 *
 * Errors: `role-missing` `{roleArn}`, `role-not-trusted` `{roleArn, caller}`, `role-external-id`
 * `{roleArn}`, `role-wants-mfa` `{roleArn}`, else the one that came.
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
