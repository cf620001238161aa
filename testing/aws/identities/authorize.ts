import { deniedBySession, explicitlyDenied, invalidClientTokenId, notAllowed, notAllowedBySession } from '../wire/aws-error.ts';
import { principalOf, type Credentials } from './credentials.ts';
import { actionMatches, denies } from './inline-policy.ts';
import { sessionAllows } from './session-policies.ts';

/** Their pages in the STS API reference say "No permissions are required", and no policy can deny them. */
const alwaysAllowed = ['sts:GetCallerIdentity', 'sts:GetSessionToken'];

/**
 * Applies the limits of a caller whose signature was right: a session without MFA may not call IAM
 * ("GetSessionToken", STS API reference), the inline policies of the user or role deny actions, no
 * policy allows the actions that are withheld, and of a session with policies of its own all that these do not allow. `resource` is as AWS names it in the refusal.
 */
export function authorize(caller: Credentials, action: string, resource: string | null): void {
  if (caller.kind === 'base-session' && caller.mfa === 'not-used' && action.startsWith('iam:')) {
    throw invalidClientTokenId();
  }
  if (alwaysAllowed.includes(action)) return;
  const limits = caller.kind === 'role-session' ? caller.role : caller.user;
  const tokenIssuedAt = caller.kind === 'access-key' ? null : caller.issuedAt;
  if ([...limits.inlinePolicies.values()].some((policy) => denies(policy, { action, tokenIssuedAt }))) {
    throw explicitlyDenied(principalOf(caller).arn, action, resource);
  }
  if ([...limits.withheldActions].some((pattern) => actionMatches(pattern, action))) {
    throw notAllowed(principalOf(caller).arn, action, resource);
  }
  const bySession = caller.kind === 'role-session' && caller.sessionPolicies !== null ? sessionAllows(caller.sessionPolicies, action) : 'allowed';
  if (bySession === 'denied') throw deniedBySession(principalOf(caller).arn, action, resource);
  if (bySession === 'not-allowed') throw notAllowedBySession(principalOf(caller).arn, action, resource);
}
