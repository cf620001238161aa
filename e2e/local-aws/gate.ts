import { randomUUID } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import { authenticate } from './authenticate.ts';
import { authorize } from './authorize.ts';
import { AwsError, serviceUnavailable, throttling } from './aws-error.ts';
import { readHead } from './aws-request.ts';
import { recordedParameters, type Call } from './call-record.ts';
import type { Clock } from './clock.ts';
import { principalOf, type Credentials, type CredentialStore } from './credentials.ts';
import type { Directory } from './directory.ts';
import { errorAnswer } from './error-answer.ts';
import type { Fault, Faults } from './faults.ts';
import { forward, forwardedHeaders } from './forward.ts';
import { answerIam } from './iam.ts';
import { queryAnswer } from './query-answer.ts';
import { readSignedRequest, type SignedRequest } from './signed-request.ts';
import { answerSts } from './sts.ts';

/** What the gate stands on. */
export type GateParts = {
  readonly directory: Directory;
  readonly store: CredentialStore;
  readonly faults: Faults;
  readonly clock: Clock;
  /** Where moto listens, or null. */
  readonly motoPort: number | null;
  readonly record: (call: Call) => void;
};

type Reply =
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly headers: OutgoingHttpHeaders;
      readonly body: string | IncomingMessage;
    }
  | { readonly kind: 'drop-connection' };

/** Answers as STS and IAM, and is the door to moto for every other service. */
export function createGate(parts: GateParts): RequestListener {
  return (incoming, response) => {
    void handle(parts, incoming, response);
  };
}

async function handle(parts: GateParts, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = randomUUID();
  const { call, reply } = await answer(parts, incoming, requestId);
  // Recorded first: whoever has the answer finds the call in the record.
  parts.record(call);
  if (reply.kind === 'drop-connection') {
    // Below TLS nothing can be reset from here.
    if (incoming.socket instanceof TLSSocket) incoming.socket.destroy();
    else incoming.socket.resetAndDestroy();
    return;
  }
  const date = new Date(parts.clock()).toUTCString();
  response.writeHead(reply.status, { ...reply.headers, date, 'x-amzn-requestid': requestId });
  // A client that hung up, or moto ending, is no fault of ours; pipeline closes both sides.
  if (typeof reply.body !== 'string') await pipeline(reply.body, response).catch(() => undefined);
  else response.end(reply.body);
  incoming.resume();
}

async function answer(
  parts: GateParts,
  incoming: IncomingMessage,
  requestId: string,
): Promise<{ readonly call: Call; readonly reply: Reply }> {
  const { method = '', url = '' } = incoming;
  let call: Call = {
    service: '',
    action: `${method} ${url}`,
    parameters: {},
    accessKeyId: null,
    accountId: null,
    outcome: 'Success',
    at: Date.now(),
  };
  try {
    const request = await readSignedRequest(incoming, readHead(incoming));
    const { head, claim, body, action } = request;
    const parameters = recordedParameters(request.parameters);
    call = { ...call, service: claim.service, action, parameters, accessKeyId: claim.accessKeyId };
    const policyAction = `${claim.service}:${action}`;

    for (const fault of parts.faults.of(policyAction)) {
      if (fault.kind === 'dropped') {
        return { call: { ...call, outcome: 'ConnectionDropped' }, reply: { kind: 'drop-connection' } };
      }
      await misbehave(fault);
    }
    const caller = await authenticate(head, claim, body, parts.store, parts.clock());
    call = { ...call, accountId: principalOf(caller).accountId };
    authorize(caller, policyAction, request.parameters.get('RoleArn') ?? '*');

    const reply = await dispatch(parts, request, caller, requestId);
    const refused = reply.kind === 'reply' && reply.status >= 400;
    return { call: refused ? { ...call, outcome: `HTTP ${reply.status}` } : call, reply };
  } catch (error) {
    const refusal = error instanceof AwsError ? error : new AwsError('InternalFailure', 500, String(error));
    const requestType = incoming.headers['content-type'] ?? '';
    const { status, contentType, body } = errorAnswer(refusal, call.service, requestType, requestId);
    const reply: Reply = { kind: 'reply', status, headers: { 'content-type': contentType }, body };
    return { call: { ...call, outcome: refusal.code }, reply };
  }
}

async function misbehave(fault: Exclude<Fault, { kind: 'dropped' }>): Promise<void> {
  switch (fault.kind) {
    case 'delayed':
      await sleep(fault.milliseconds);
      return;
    case 'unavailable':
      throw serviceUnavailable();
    case 'throttled':
      throw throttling();
  }
}

async function dispatch(
  parts: GateParts,
  request: SignedRequest,
  caller: Credentials,
  requestId: string,
): Promise<Reply> {
  const { claim, action, parameters } = request;
  if (claim.service === 'sts') {
    const result = answerSts(action, parameters, caller, parts.store, parts.directory);
    return xmlReply(queryAnswer('sts', action, result, requestId));
  }
  if (claim.service === 'iam') {
    const answered = answerIam(action, parameters, caller, parts.directory);
    if (answered.kind === 'answered') return xmlReply(queryAnswer('iam', action, answered.result, requestId));
  }
  if (parts.motoPort === null) {
    const message = `The local AWS answers ${claim.service}:${action} only where moto_server is installed.`;
    throw new AwsError('NotImplemented', 501, message);
  }
  const { accountId } = principalOf(caller);
  const forwarded = await forward(request.incoming, request.body, accountId, parts.motoPort);
  const { statusCode: status = 502 } = forwarded;
  return { kind: 'reply', status, headers: forwardedHeaders(forwarded), body: forwarded };
}

function xmlReply(body: string): Reply {
  return { kind: 'reply', status: 200, headers: { 'content-type': 'text/xml' }, body };
}
