import { randomUUID } from 'node:crypto';
import { isoSeconds } from '../wire/clock.ts';
import { principalOf, type Credentials } from '../identities/credentials.ts';
import type { Role } from '../identities/directory.ts';

type Json = { readonly [name: string]: unknown };

/** A call whose credentials were right, as CloudTrail sees it. */
export type SeenCall = {
  readonly caller: Credentials;
  /** The signing name. */
  readonly service: string;
  readonly eventName: string;
  /** The region that was called; IAM's events are in us-east-1 regardless. */
  readonly region: string;
  /** Epoch milliseconds of AWS's clock. */
  readonly at: number;
  readonly requestId: string;
  readonly sourceIpAddress: string;
  readonly userAgent: string;
  readonly requestParameters: Json | null;
  readonly responseElements: Json | null;
  readonly refusal: { readonly code: string; readonly message: string } | null;
  readonly eventType: 'AwsApiCall' | 'AwsConsoleSignIn';
  /** The role of another account that the call assumed; that account sees the call too. */
  readonly assumedRole: Role | null;
};

/** What LookupEvents searches and returns. */
export type TrailEvent = {
  readonly eventId: string;
  /** The account whose history it is in. */
  readonly accountId: string;
  readonly region: string;
  /** Epoch seconds. */
  readonly atSeconds: number;
  readonly eventName: string;
  readonly eventSource: string;
  /** Null in the history of an account other than the caller's. */
  readonly accessKeyId: string | null;
  /** The user, or the name of the role session. */
  readonly username: string | null;
  readonly readOnly: boolean;
  /** The CloudTrailEvent, in JSON. */
  readonly record: string;
};

/** The events of a call: "CloudTrail record contents" and "userIdentity element", CloudTrail User Guide. */
export function trailEvents(call: SeenCall): readonly TrailEvent[] {
  const { accountId, userId } = principalOf(call.caller);
  const own = trailEvent(call, accountId, userIdentity(call.caller), {});
  if (call.assumedRole === null || call.assumedRole.accountId === accountId) return [own];
  const shared = { sharedEventID: randomUUID() };
  const foreign = { type: 'AWSAccount', principalId: userId, accountId };
  return [trailEvent(call, accountId, userIdentity(call.caller), shared), trailEvent(call, call.assumedRole.accountId, foreign, shared)];
}

function trailEvent(call: SeenCall, recipientAccountId: string, identity: Json, more: Json): TrailEvent {
  const { eventName, eventType, refusal, caller } = call;
  const eventId = randomUUID();
  const atSeconds = Math.floor(call.at / 1000);
  const eventSource = `${call.service}.amazonaws.com`;
  const region = call.service === 'iam' || call.service === 'signin' ? 'us-east-1' : call.region;
  const readOnly = isReadOnly(eventName);
  const record = {
    eventVersion: '1.11',
    userIdentity: identity,
    eventTime: isoSeconds(call.at),
    eventSource,
    eventName,
    awsRegion: region,
    sourceIPAddress: call.sourceIpAddress,
    userAgent: call.userAgent,
    ...(refusal === null ? {} : { errorCode: refusal.code, errorMessage: refusal.message }),
    requestParameters: call.requestParameters,
    responseElements: call.responseElements,
    requestID: call.requestId,
    eventID: eventId,
    readOnly,
    eventType,
    managementEvent: true,
    recipientAccountId,
    ...more,
    eventCategory: 'Management',
  };
  const isOwn = recipientAccountId === principalOf(caller).accountId;
  const username = caller.kind === 'role-session' ? caller.roleSessionName : caller.user.userName;
  return {
    eventId,
    accountId: recipientAccountId,
    region,
    atSeconds,
    eventName,
    eventSource,
    accessKeyId: isOwn ? caller.accessKeyId : null,
    username: isOwn ? username : null,
    readOnly,
    record: JSON.stringify(record),
  };
}

function userIdentity(caller: Credentials): Json {
  const { arn, userId, accountId } = principalOf(caller);
  const identity = { principalId: userId, arn, accountId, accessKeyId: caller.accessKeyId };
  if (caller.kind === 'access-key') return { type: 'IAMUser', ...identity, userName: caller.user.userName };
  const creationDate = isoSeconds(caller.issuedAt);
  if (caller.kind === 'base-session') {
    const attributes = { creationDate, mfaAuthenticated: String(caller.mfa === 'used') };
    return { type: 'IAMUser', ...identity, userName: caller.user.userName, sessionContext: { attributes } };
  }
  const { role } = caller;
  const sessionIssuer = {
    type: 'Role',
    principalId: role.roleId,
    arn: role.arn,
    accountId: role.accountId,
    userName: role.roleName,
  };
  const attributes = { creationDate, mfaAuthenticated: 'false' };
  return { type: 'AssumedRole', ...identity, sessionContext: { sessionIssuer, attributes } };
}

/** Recognised by the verbs of read actions. CloudTrail counts AssumeRole as one, as it changes nothing. */
function isReadOnly(eventName: string): boolean {
  return /^(?:Assume|BatchGet|Check|Describe|Get(?!SigninToken)|Head|List|Lookup|Search|Select|Simulate|Validate)/.test(eventName);
}
