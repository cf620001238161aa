import { accessDenied, AwsError } from '../wire/aws-error.ts';
import { isoSeconds } from '../wire/clock.ts';
import type { Handled } from '../wire/reply.ts';
import { typedReply } from '../wire/reply.ts';
import { arrivedCall, recordedParameters } from '../wire/call-record.ts';
import { errorAnswer } from '../wire/error-answer.ts';
import { queryAnswer } from '../wire/query-answer.ts';
import { required, type Parameters } from '../wire/parameters.ts';
import { principalOf, type CredentialStore } from '../identities/credentials.ts';
import type { Directory } from '../identities/directory.ts';
import type { IdentityProvider } from '../identities/identity-provider.ts';

const action = 'AssumeRoleWithWebIdentity';

export type WebIdentityParts = { readonly directory: Directory; readonly store: CredentialStore; readonly identityProvider: IdentityProvider };

/** Whether a request is one that no key signs. */
export function isWebIdentity(parameters: Parameters): boolean {
  return parameters.get('Action') === action;
}

/** Answers AssumeRoleWithWebIdentity (AWS STS API reference). Every role `deploy` trusts the identity provider. */
export function answerWebIdentity(
  { directory, store, identityProvider }: WebIdentityParts,
  parameters: Parameters,
  requestType: string,
  requestId: string,
): Handled {
  const call = arrivedCall({ service: 'sts', action, parameters: recordedParameters(parameters) });
  try {
    const roleArn = required(parameters, 'RoleArn');
    refuse(identityProvider.refusal(required(parameters, 'WebIdentityToken')));
    const role = directory.roles.find((candidate) => candidate.arn === roleArn);
    if (role?.roleName !== 'deploy') throw accessDenied(`Not authorized to perform sts:${action}`);
    const session = store.issueRoleSession(
      { role, roleSessionName: required(parameters, 'RoleSessionName'), assumedWith: 'access-key', transitiveTags: new Map(), sessionPolicies: null },
      Number(parameters.get('DurationSeconds') ?? 3_600),
    );
    const { arn, userId, accountId } = principalOf(session);
    const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken } = session;
    const Credentials = { AccessKeyId, SecretAccessKey, SessionToken, Expiration: isoSeconds(session.expiresAt) };
    const answer = queryAnswer('sts', action, { Credentials, AssumedRoleUser: { AssumedRoleId: userId, Arn: arn } }, requestId);
    return { call: { ...call, accountId }, reply: typedReply(200, 'text/xml', answer) };
  } catch (error) {
    const refusal = error instanceof AwsError ? error : new AwsError('InternalFailure', 500, String(error));
    const { status, contentType, body } = errorAnswer(refusal, 'sts', requestType, requestId);
    return { call: { ...call, outcome: refusal.code }, reply: typedReply(status, contentType, body) };
  }
}

function refuse(why: ReturnType<IdentityProvider['refusal']>): void {
  if (why === 'invalid') throw new AwsError('InvalidIdentityToken', 400, "Couldn't retrieve verification key from your identity provider");
  if (why === 'expired') throw new AwsError('ExpiredTokenException', 400, 'Token expired: current date/time must be before the expiration date/time');
  if (why === 'rejected') throw new AwsError('InvalidIdentityToken', 400, 'Incorrect token audience');
}
