import { randomUUID } from 'node:crypto';
import { IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { TLSSocket } from 'node:tls';
import { actionName } from './trail/action-name.ts';
import { authenticate } from './identities/authenticate.ts';
import { authorize } from './identities/authorize.ts';
import { AwsError } from './wire/aws-error.ts';
import { readHead } from './wire/aws-request.ts';
import { arrivedCall, recordedParameters, type Call } from './wire/call-record.ts';
import type { Clock } from './wire/clock.ts';
import { principalOf, type Credentials } from './identities/credentials.ts';
import { dispatch, type Services } from './dispatch.ts';
import { errorAnswer } from './wire/error-answer.ts';
import { answerFederation, isForFederation, type Arrival, type FederationParts } from './services/federation-endpoint.ts';
import { dropped, insteadOfAnswer } from './faults/instead-of-answer.ts';
import { meetFaults, type Met } from './faults/meet-faults.ts';
import { typedReply, type Handled, type Outcome } from './wire/reply.ts';
import { answerSignIn, isForSignIn } from './sign-in/sign-in-endpoint.ts';
import type { SignInParts } from './sign-in/sign-in-route.ts';
import { resourceName } from './identities/resource-name.ts';
import { seenCall } from './trail/seen-call.ts';
import { answerWebIdentity, isWebIdentity, type WebIdentityParts } from './services/web-identity.ts';
import { readParameters } from './wire/parameters.ts';
import { readSignedRequest, type SignedRequest } from './wire/signed-request.ts';

/** What the gate needs. */
export type GateParts = Services &
  WebIdentityParts &
  FederationParts &
  SignInParts & {
    readonly clock: Clock;
    readonly record: (call: Call) => void;
  };

/** Answers as STS, IAM, LookupEvents, the federation endpoint and the services that people sign in with, and has S3 answered, and every other service by moto where it is there. */
export function createGate(parts: GateParts): RequestListener {
  return (incoming, response) => {
    void handle(parts, incoming, response);
  };
}

async function handle(parts: GateParts, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const arrival = { requestId: randomUUID(), at: parts.clock() };
  const { call, reply } = await answer(parts, incoming, arrival);
  // Recorded first, so that a client that has its answer finds the call in the record.
  parts.record(call);
  if (reply.kind === 'drop-connection') {
    // A connection under TLS cannot be reset from here.
    if (incoming.socket instanceof TLSSocket) incoming.socket.destroy();
    else incoming.socket.resetAndDestroy();
    return;
  }
  // The client hangs up one day, or the server closes.
  if (reply.kind === 'no-answer') return;
  const date = new Date(parts.clock()).toUTCString();
  if (reply.kind === 'cut-body') {
    const body = Buffer.from(reply.body);
    response.writeHead(reply.status, { ...reply.headers, date, 'content-length': body.length });
    response.write(body.subarray(0, body.length / 2), () => incoming.socket.destroy());
    return;
  }
  response.writeHead(reply.status, { ...reply.headers, date, 'x-amzn-requestid': arrival.requestId });
  // A client that hung up, or moto ending, is not our error; `pipeline` closes both sides.
  if (reply.body instanceof IncomingMessage) await pipeline(reply.body, response).catch(() => undefined);
  else response.end(reply.body);
  incoming.resume();
}

async function answer(parts: GateParts, incoming: IncomingMessage, arrival: Arrival): Promise<Handled> {
  const { method = '', url = '' } = incoming;
  let call = arrivedCall({ service: '', action: `${method} ${url}`, parameters: {} });
  let met: Met = { kind: 'none' };
  try {
    const head = readHead(incoming);
    if (isForFederation(head)) return await answerFederation(parts, incoming, head, arrival);
    if (isForSignIn(head)) return await answerSignIn(parts, incoming, head);
    const isUnsigned = head.method === 'POST' && head.headers['authorization'] === undefined && head.query['X-Amz-Signature'] === undefined;
    const unsigned = isUnsigned ? readParameters(head, await buffer(incoming)) : new Map<string, string>();
    if (isWebIdentity(unsigned)) return answerWebIdentity(parts, unsigned, incoming.headers['content-type'] ?? '', arrival.requestId);
    const request = await readSignedRequest(incoming, head);
    const { claim, body, action } = request;
    const parameters = recordedParameters(request.parameters);
    call = { ...call, service: claim.service, action, parameters, accessKeyId: claim.accessKeyId };

    met = await meetFaults(parts.faults, `${claim.service}:${action}`);
    const instead = insteadOfAnswer(met, call, incoming, body);
    if (instead !== null) return instead;
    const caller = await authenticate(head, claim, body, parts.store, parts.clock());
    call = { ...call, accountId: principalOf(caller).accountId };

    const { reply } = await perform(parts, request, caller, arrival);
    if (met.kind === 'answer-cut' && !(reply.body instanceof IncomingMessage)) {
      return { call: { ...call, outcome: 'AnswerCut' }, reply: { ...reply, kind: 'cut-body', body: reply.body } };
    }
    if (met.kind === 'answer-dropped' || met.kind === 'answer-cut') {
      // An answer from moto has to be read to its end.
      if (reply.body instanceof IncomingMessage) reply.body.resume();
      return dropped({ ...call, outcome: 'AnswerDropped' });
    }
    return { call: reply.status >= 400 ? { ...call, outcome: `HTTP ${reply.status}` } : call, reply };
  } catch (error) {
    const refusal = toAwsError(error);
    if (met.kind === 'answer-dropped') return dropped({ ...call, outcome: 'AnswerDropped' });
    const requestType = incoming.headers['content-type'] ?? '';
    const { status, contentType, body } = errorAnswer(refusal, call.service, requestType, arrival.requestId);
    if (met.kind === 'answer-cut')
      return { call: { ...call, outcome: 'AnswerCut' }, reply: { ...typedReply(status, contentType, body), kind: 'cut-body', body } };
    return { call: { ...call, outcome: refusal.code }, reply: typedReply(status, contentType, body) };
  }
}

/** Performs an authenticated call if the caller may make it, and records it for CloudTrail and GetAccessKeyLastUsed. */
async function perform(parts: GateParts, request: SignedRequest, caller: Credentials, arrival: Arrival): Promise<Outcome> {
  const { claim, action, parameters } = request;
  const note = (end: Pick<Outcome, 'result' | 'refusal'>) => {
    const seen = seenCall(request, caller, parts.directory, { ...arrival, ...end });
    if (seen !== null) parts.trail.note(seen);
    // Recorded after the answer was made, so that a key that asks about itself gets its use before this one.
    const lastUse = { at: arrival.at, service: claim.service, region: claim.region };
    parts.store.updateAccessKey(caller.accessKeyId, { lastUse });
  };
  try {
    authorize(caller, actionName(request), resourceName(claim.service, action, parameters, caller));
    const outcome = await dispatch(parts, request, caller, arrival.requestId);
    note(outcome);
    return outcome;
  } catch (error) {
    const refusal = toAwsError(error);
    note({ result: null, refusal });
    throw refusal;
  }
}

function toAwsError(error: unknown): AwsError {
  return error instanceof AwsError ? error : new AwsError('InternalFailure', 500, String(error));
}
