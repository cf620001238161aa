import { accessDenied, AwsError, constraintViolated, notAuthorized, validationError } from '../wire/aws-error.ts';
import { isoSeconds } from '../wire/clock.ts';
import { sessionPoliciesOf } from '../identities/session-policies.ts';
import { principalOf, type Credentials, type CredentialStore, type Session } from '../identities/credentials.ts';
import type { Directory, Role, User } from '../identities/directory.ts';
import { listed, required, type Parameters } from '../wire/parameters.ts';
import type { XmlContent } from '../wire/xml.ts';

type StsAction = (parameters: Parameters, caller: Credentials, store: CredentialStore, directory: Directory) => XmlContent;

const actions: Readonly<Record<string, StsAction>> = {
  GetSessionToken: getSessionToken,
  AssumeRole: assumeRole,
  GetCallerIdentity: getCallerIdentity,
};

/**
 * Answers an STS action; see the AWS STS API reference. The gate enforces inline policies. Throws AwsError,
 * InvalidAction for actions that the local AWS does not have.
 */
export function answerSts(action: string, parameters: Parameters, caller: Credentials, store: CredentialStore, directory: Directory): XmlContent {
  const answer = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (answer === undefined) {
    throw new AwsError('InvalidAction', 400, `Could not find operation ${action} for version 2011-06-15`);
  }
  return answer(parameters, caller, store, directory);
}

function getCallerIdentity(_: Parameters, caller: Credentials): XmlContent {
  const { arn, userId, accountId } = principalOf(caller);
  return { Arn: arn, UserId: userId, Account: accountId };
}

function getSessionToken(parameters: Parameters, caller: Credentials, store: CredentialStore): XmlContent {
  if (caller.kind !== 'access-key') throw accessDenied('Cannot call GetSessionToken with session credentials');
  const durationSeconds = readDuration(parameters, { default: 43_200, min: 900, max: 129_600 });
  const mfa = checkMfa(parameters, caller.user);
  return { Credentials: credentialsElement(store.issueBaseSession(caller.user, mfa, durationSeconds)) };
}

function assumeRole(parameters: Parameters, caller: Credentials, store: CredentialStore, directory: Directory): XmlContent {
  const roleArn = required(parameters, 'RoleArn');
  const roleSessionName = required(parameters, 'RoleSessionName');
  if (!/^[\w+=,.@-]{2,64}$/.test(roleSessionName)) {
    throw constraintViolated(roleSessionName, 'roleSessionName', String.raw`Member must satisfy regular expression pattern: [\w+=,.@-]*`);
  }
  const sessionPolicies = sessionPoliciesOf(parameters);
  const transitiveTags = transitiveTagsOf(parameters, caller);
  const durationSeconds = readDuration(parameters, { default: 3_600, min: 900, max: 43_200 });

  const principal = principalOf(caller);
  const role = directory.roles.find((candidate) => candidate.arn === roleArn);
  if (role === undefined || !trusts(role, principal.accountId, parameters.get('ExternalId'))) {
    throw notAuthorized(principal.arn, 'sts:AssumeRole', roleArn);
  }
  if (caller.kind !== 'access-key' && durationSeconds > 3_600) {
    throw validationError('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining');
  }
  if (durationSeconds > role.maxSessionSeconds) {
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
  if (caller.kind === 'access-key') checkMfa(parameters, caller.user);
  else if (parameters.has('TokenCode')) throw accessDenied('MFA can only be used with long-term credentials.');

  const assumedWith = caller.kind === 'access-key' ? 'access-key' : 'session';
  const session = store.issueRoleSession({ role, roleSessionName, assumedWith, transitiveTags, sessionPolicies }, durationSeconds);
  const { arn, userId } = principalOf(session);
  return { Credentials: credentialsElement(session), AssumedRoleUser: { AssumedRoleId: userId, Arn: arn } };
}

/** Whether the trust policy lets the account in. A policy that asks for no external ID accepts any. */
function trusts({ trustedAccountIds, externalId }: Role, accountId: string, given: string | undefined): boolean {
  return trustedAccountIds.includes(accountId) && (externalId === null || externalId === given);
}

/**
 * The tags of a role session that its own role sessions will have. Tags that are transitive already stay so
 * and cannot be set again ("Pass session tags in AWS STS", IAM User Guide).
 */
function transitiveTagsOf(parameters: Parameters, caller: Credentials): ReadonlyMap<string, string> {
  const tags = readTags(parameters);
  const inherited = caller.kind === 'role-session' ? caller.transitiveTags : new Map<string, string>();
  if ([...tags.keys()].some((key) => inherited.has(key))) {
    throw new AwsError(
      'InvalidParameterValue',
      400,
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  const passedOn = listed(parameters, 'TransitiveTagKeys').map((key): [string, string] => [key, tags.get(key) ?? '']);
  return new Map([...inherited, ...passedOn]);
}

function readTags(parameters: Parameters): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  for (;;) {
    const member = `Tags.member.${tags.size + 1}`;
    const key = parameters.get(`${member}.Key`);
    if (key === undefined) return tags;
    if (tags.has(key)) throw new AwsError('InvalidParameterValue', 400, 'Duplicate tag keys found.');
    tags.set(key, required(parameters, `${member}.Value`));
  }
}

/** Uses up the code, if there is one; a code and a serial number come together or not at all. */
function checkMfa(parameters: Parameters, user: User): 'used' | 'not-used' {
  const serialNumber = parameters.get('SerialNumber');
  const code = parameters.get('TokenCode');
  if (serialNumber === undefined && code === undefined) return 'not-used';
  const device = user.mfaDevices.find((candidate) => candidate.serialNumber === serialNumber);
  if (device?.kind !== 'virtual' || code === undefined) {
    // AWS's own sentence has the two spaces.
    throw accessDenied(
      'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
    );
  }
  if (!/^\d{6}$/.test(code)) {
    throw constraintViolated(code, 'tokenCode', String.raw`Member must satisfy regular expression pattern: [\d]*`);
  }
  if (!device.redeem(code)) {
    throw accessDenied('MultiFactorAuthentication failed with invalid MFA one time pass code.');
  }
  return 'used';
}

type DurationLimits = { readonly default: number; readonly min: number; readonly max: number };

function readDuration(parameters: Parameters, limits: DurationLimits): number {
  const text = parameters.get('DurationSeconds');
  if (text === undefined) return limits.default;
  const seconds = Number(text);
  if (!Number.isInteger(seconds) || seconds < limits.min) {
    const constraint = `Member must have value greater than or equal to ${limits.min}`;
    throw constraintViolated(text, 'durationSeconds', constraint);
  }
  if (seconds > limits.max) {
    const constraint = `Member must have value less than or equal to ${limits.max}`;
    throw constraintViolated(text, 'durationSeconds', constraint);
  }
  return seconds;
}

function credentialsElement(session: Session): XmlContent {
  return {
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secretAccessKey,
    SessionToken: session.sessionToken,
    Expiration: isoSeconds(session.expiresAt),
  };
}
