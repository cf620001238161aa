import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { insteadOfAnswer } from '../faults/instead-of-answer.ts';
import { meetFaults, type Met } from '../faults/meet-faults.ts';
import { AwsError } from '../wire/aws-error.ts';
import type { RequestHead } from '../wire/aws-request.ts';
import { arrivedCall, type Call } from '../wire/call-record.ts';
import { typedReply, type Handled } from '../wire/reply.ts';
import { loginRoutes } from './login-routes.ts';
import { oidcRoutes } from './oidc-routes.ts';
import { portalRoutes } from './portal-routes.ts';
import { SignInError } from './sign-in-error.ts';
import type { SignInParts, SignInReply, SignInRequest, SignInRoute } from './sign-in-route.ts';

const routes: Readonly<Record<string, SignInRoute>> = { ...oidcRoutes, ...portalRoutes, ...loginRoutes };

/** Whether a request is for a service that people sign in with, whose requests are not signed. */
export function isForSignIn({ method, path, headers }: RequestHead): boolean {
  return headers['authorization'] === undefined && Object.hasOwn(routes, `${method} ${path}`);
}

/** Answers as Identity Center's OIDC service and access portal, and as AWS Sign-In. Faults have names such as `sso-oidc:CreateToken`. */
export async function answerSignIn(parts: SignInParts, incoming: IncomingMessage, head: RequestHead): Promise<Handled> {
  const route = routes[`${head.method} ${head.path}`];
  if (route === undefined) throw new Error(`Not a route: ${head.path}`);
  const body = await buffer(incoming);
  const query = new Map(Object.entries(head.query).map(([name, value]) => [name, [value].flat()[0] ?? '']));
  const request = {
    query,
    headers: head.headers,
    fields: readFields(head, body),
    origin: `${'encrypted' in incoming.socket ? 'https' : 'http'}://${head.headers['host'] ?? ''}`,
  };
  const call = arrivedCall({ service: route.service, action: route.action, parameters: recorded(route, request) });
  let met: Met = { kind: 'none' };
  try {
    met = await meetFaults(parts.faults, `${route.service}:${route.action}`);
    const instead = insteadOfAnswer(met, call, incoming, body);
    if (instead !== null) return instead;
    return afterwards(met, call, route.answer(parts, request));
  } catch (error) {
    const refusal = refusalOf(error, route);
    const reply = typedReply(refusal.status, 'application/json', JSON.stringify(refusal.body));
    return afterwards(met, { ...call, outcome: refusal.type }, { ...reply, headers: { ...reply.headers, 'x-amzn-errortype': refusal.type } });
  }
}

/** What is left of an answer on its way. */
function afterwards(met: Met, call: Call, reply: SignInReply): Handled {
  if (met.kind === 'answer-dropped') return { call: { ...call, outcome: 'AnswerDropped' }, reply: { kind: 'drop-connection' } };
  if (met.kind === 'answer-cut' && typeof reply.body === 'string') {
    return { call: { ...call, outcome: 'AnswerCut' }, reply: { ...reply, kind: 'cut-body', body: reply.body } };
  }
  return { call, reply };
}

/** A fault has STS's words; these services have others. */
function refusalOf(error: unknown, { service }: SignInRoute): SignInError {
  if (error instanceof SignInError) return error;
  const { code, message } = error instanceof AwsError ? error : { code: 'InternalFailure', message: String(error) };
  if (code === 'Throttling') {
    if (service === 'sso-oidc') return new SignInError('SlowDownException', 400, { error: 'slow_down', error_description: message });
    if (service === 'sso') return new SignInError('TooManyRequestsException', 429, { message });
    return new SignInError('TooManyRequestsError', 429, { error: 'INVALID_REQUEST', message });
  }
  const status = error instanceof AwsError && error.status >= 500 ? error.status : 500;
  return new SignInError('InternalServerException', status, { error: 'server_error', error_description: message, message });
}

function recorded({ recorded: names }: SignInRoute, { query, fields }: SignInRequest): Call['parameters'] {
  const all = { ...fields, ...Object.fromEntries(query) };
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = all[name];
      return value === undefined ? [] : [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
    }),
  );
}

function readFields({ headers }: RequestHead, body: Buffer): SignInRequest['fields'] {
  const text = body.toString('utf8');
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true) return Object.fromEntries(new URLSearchParams(text));
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  } catch {
    return {};
  }
}
