import type { Credentials } from './credentials.ts';
import type { Parameters } from '../wire/parameters.ts';

/**
 * The resource of a call as AWS names it in its refusals: `user alice`, `role deploy`, the ARN of a role to
 * assume; null where the sentence has none, as in CloudTrail's.
 */
export function resourceName(service: string, action: string, parameters: Parameters, caller: Credentials): string | null {
  if (service === 'cloudtrail') return null;
  if (service !== 'iam') return parameters.get('RoleArn') ?? '*';
  const roleName = parameters.get('RoleName');
  if (roleName !== undefined) return `role ${roleName}`;
  const accessKeyId = parameters.get('AccessKeyId');
  if (action === 'GetAccessKeyLastUsed' && accessKeyId !== undefined) return `access key ${accessKeyId}`;
  const ownUser = caller.kind === 'role-session' ? undefined : caller.user.userName;
  const userName = parameters.get('UserName') ?? (ofUsers.test(action) ? ownUser : undefined);
  return userName === undefined ? '*' : `user ${userName}`;
}

/** The IAM actions that are about the caller's own user unless they name one. */
const ofUsers = /(?:AccessKeys?|MFADevices|UserPolic(?:y|ies)|^GetUser)$/;
