import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { AwsError } from '../wire/aws-error.ts';
import type { RequestHead } from '../wire/aws-request.ts';
import { arrivedCall, type Call } from '../wire/call-record.ts';
import type { CloudTrail } from '../trail/cloud-trail.ts';
import { principalOf, type RoleSession } from '../identities/credentials.ts';
import type { Faults } from '../faults/faults.ts';
import type { Federation } from './federation.ts';
import { meetFaults } from '../faults/meet-faults.ts';
import { readParameters, type Parameters } from '../wire/parameters.ts';
import { typedReply, type Handled, type Reply } from '../wire/reply.ts';

export type FederationParts = { readonly federation: Federation; readonly trail: CloudTrail; readonly faults: Faults };

/** When the request came, and the ID that it got. */
export type Arrival = { readonly requestId: string; readonly at: number };

/** Whether a request is for the sign-in service, whose requests are not signed. */
export function isForFederation({ path, headers }: RequestHead): boolean {
  return path === '/federation' && headers['authorization'] === undefined;
}

/**
 * Answers `/federation` as signin.aws.amazon.com does: Action=getSigninToken with JSON, Action=login
 * with a redirect. Faults have the names `signin:getSigninToken` and `signin:login`.
 */
export async function answerFederation(parts: FederationParts, incoming: IncomingMessage, head: RequestHead, arrival: Arrival): Promise<Handled> {
  const parameters = readParameters(head, await buffer(incoming));
  const action = parameters.get('Action') ?? '';
  const asked = arrivedCall({ service: 'signin', action, parameters: recorded(parameters) });
  try {
    const met = await meetFaults(parts.faults, `signin:${action}`);
    if (met.kind === 'dropped') return { call: { ...asked, outcome: 'ConnectionDropped' }, reply: { kind: 'drop-connection' } };
    const { reply, session, eventName } = perform(parts.federation, action, parameters);
    note(parts.trail, eventName, session, incoming, arrival);
    const call = { ...asked, accessKeyId: session.accessKeyId, accountId: principalOf(session).accountId };
    if (met.kind === 'none') return { call, reply };
    return { call: { ...call, outcome: 'AnswerDropped' }, reply: { kind: 'drop-connection' } };
  } catch (error) {
    const refusal = error instanceof AwsError ? error : new AwsError('InternalFailure', 500, String(error));
    const page = `<html><head><title>HTTP Status ${refusal.status}</title></head><body><h1>HTTP Status ${refusal.status} - ${refusal.message}</h1></body></html>`;
    return { call: { ...asked, outcome: refusal.code }, reply: typedReply(refusal.status, 'text/html;charset=utf-8', page) };
  }
}

type Performed = { readonly reply: Reply; readonly session: RoleSession; readonly eventName: string };

function perform(federation: Federation, action: string, parameters: Parameters): Performed {
  switch (action) {
    case 'getSigninToken': {
      const { token, session } = federation.issueToken(parameters);
      const reply = typedReply(200, 'application/json', JSON.stringify({ SigninToken: token }));
      return { reply, session, eventName: 'GetSigninToken' };
    }
    case 'login': {
      const { destination, session } = federation.signIn(parameters);
      const reply: Reply = { kind: 'reply', status: 302, headers: { location: destination }, body: '' };
      return { reply, session, eventName: 'ConsoleLogin' };
    }
    default:
      throw new AwsError('BadRequest', 400, 'Invalid value for parameter Action');
  }
}

/** Leaves out the session and the token, which are secrets. */
function recorded(parameters: Parameters): Call['parameters'] {
  return Object.fromEntries([...parameters].filter(([name]) => name !== 'Session' && name !== 'SigninToken'));
}

function note(trail: CloudTrail, eventName: string, caller: RoleSession, incoming: IncomingMessage, arrival: Arrival): void {
  trail.note({
    caller,
    service: 'signin',
    eventName,
    region: 'us-east-1',
    ...arrival,
    sourceIpAddress: incoming.socket.remoteAddress ?? '127.0.0.1',
    userAgent: incoming.headers['user-agent'] ?? '',
    requestParameters: null,
    responseElements: { [eventName]: 'Success' },
    refusal: null,
    eventType: eventName === 'ConsoleLogin' ? 'AwsConsoleSignIn' : 'AwsApiCall',
    assumedRole: null,
  });
}
