import type { IncomingMessage } from 'node:http';
import type { Call } from '../wire/call-record.ts';
import { typedReply, type Handled, type Reply } from '../wire/reply.ts';
import type { Met } from './meet-faults.ts';

/** What a client gets where its call does not reach the service; null where it does. */
export function insteadOfAnswer(met: Met, call: Call, incoming: IncomingMessage, body: Buffer | null): Handled | null {
  switch (met.kind) {
    case 'dropped':
      return dropped({ ...call, outcome: 'ConnectionDropped' });
    case 'silent':
      return { call: { ...call, outcome: 'NoAnswer' }, reply: { kind: 'no-answer' } };
    case 'answered':
      return { call: { ...call, outcome: 'AnsweredByAnother' }, reply: typedReply(met.status, met.contentType, met.body) };
    case 'portal':
      return { call: { ...call, outcome: 'Portal' }, reply: portalReply(incoming, body) };
    default:
      return null;
  }
}

export function dropped(call: Call): Handled {
  const reply: Reply = { kind: 'drop-connection' };
  return { call, reply };
}

/** A page that repeats the request, session token and all, so that whoever keeps the page keeps them too. */
function portalReply(incoming: IncomingMessage, body: Buffer | null): Reply {
  const sent = [incoming.url ?? '', ...incoming.rawHeaders, body?.toString() ?? ''].join('\n');
  return typedReply(200, 'text/html', `<!doctype html><title>Sign in to the network</title><pre>${sent}</pre>`);
}
