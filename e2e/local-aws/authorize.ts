import { explicitlyDenied, invalidClientTokenId } from './aws-error.ts';
import { principalOf, type Credentials } from './credentials.ts';
import { denies } from './inline-policy.ts';

/** "No permissions are required" and none can be taken away: their pages in the STS API reference. */
const alwaysAllowed = ['sts:GetCallerIdentity', 'sts:GetSessionToken'];

/**
 * Applies what limits a caller whose signature was right: a session without MFA may not call IAM
 * ("GetSessionToken", STS API reference), and the inline policies of the user deny.
 */
export function authorize(caller: Credentials, action: string, resource: string): void {
  if (caller.kind === 'base-session' && caller.mfa === 'not-used' && action.startsWith('iam:')) {
    throw invalidClientTokenId();
  }
  if (caller.kind === 'role-session' || alwaysAllowed.includes(action)) return;
  const tokenIssuedAt = caller.kind === 'base-session' ? caller.issuedAt : null;
  const denied = [...caller.user.inlinePolicies.values()].some((policy) => denies(policy, { action, tokenIssuedAt }));
  if (denied) throw explicitlyDenied(principalOf(caller).arn, action, resource);
}
