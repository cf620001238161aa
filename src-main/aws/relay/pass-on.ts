import { Agent, request as plainRequest, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { systemErrorCode } from '../../core/system-error.ts';
import { limitedBody } from '../client/limited-body.ts';
import type { CallCredentials } from '../client/clients.ts';
import { fromSdkError } from '../client/errors.ts';
import { agentTo } from '../client/transport.ts';
import type { StsEndpoint } from './sts-endpoint.ts';

/** A call as it is to be sent. */
export type PassedCall = {
  readonly action: string;
  readonly form: string;
  /** Headers of the caller that say which program it is. */
  readonly headers: Readonly<Record<string, string>>;
  /** Null for a call that is not signed. */
  readonly credentials: CallCredentials | null;
};

/** STS's answer, byte for byte. */
export type StsAnswer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Buffer };

export type Way = {
  readonly endpoint: StsEndpoint;
  readonly env: NodeJS.ProcessEnv;
  /** The proxy that the user chose; empty for what the environment says. */
  readonly proxy: string;
};

/** In milliseconds. Three tries together take less than the 60 s after which botocore gives up. */
const answerMs = 15_000;
const pausesMs = [200, 1000] as const;

/**
 * Where neither a proxy nor a CA bundle is in the way, a connection is kept for the next call, this long while nothing
 * uses it, in milliseconds: opening one takes as long as two answers. Each call is signed, so it may be any run's.
 */
const idleMs = 15_000;
const kept = { plain: new Agent({ keepAlive: true, timeout: idleMs }), secure: new SecureAgent({ keepAlive: true, timeout: idleMs }) };

/** The largest answer, in bytes; STS's are a few thousand. */
const answerBytesMax = 1_048_576;

/** What of an answer a client looks at. */
const passedHeaders = ['content-type', 'x-amzn-requestid', 'retry-after'] as const;

/**
 * Signs a call for an endpoint of STS, sends it through the proxy if there is one, and gives back the
 * answer as it came. A connection that fails is tried again, but for a call with an MFA code: STS may have taken the
 * code, which works once. No other call that gets here counts twice.
 *
 * Errors: those of `agentTo`, `network-unreachable`, `certificate-refused`, and `unexpected-answer`
 * where a success is nothing that STS would say, such as the page of a portal.
 */
export async function passOn(call: PassedCall, way: Way): Promise<Result<StsAnswer>> {
  const worksOnce = new URLSearchParams(call.form).has('TokenCode');
  const pauses = worksOnce ? [] : pausesMs;
  const keeping = way.endpoint.url.protocol === 'https:' ? kept.secure : kept.plain;
  for (let tries = 0; ; tries++) {
    const sent = await passOnce(call, way, worksOnce ? false : keeping);
    const pause = pauses[tries];
    if (sent.ok || sent.error.code !== 'network-unreachable' || pause === undefined) return sent;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** `direct` is for calls that neither a proxy nor a CA bundle is in the way of. */
async function passOnce({ action, form, headers, credentials }: PassedCall, { endpoint, env, proxy }: Way, direct: Agent | false): Promise<Result<StsAnswer>> {
  const { url, signingRegion, caBundle } = endpoint;
  const agent = await agentTo(url, caBundle, { env, chosen: proxy });
  if (!agent.ok) return agent;
  const own = {
    ...headers,
    host: url.host,
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'content-length': String(Buffer.byteLength(form)),
  };
  try {
    const signed =
      credentials === null
        ? own
        : await (await import('./signature.ts')).headersSignedWith({ url, region: signingRegion, headers: own, form, now: Date.now() }, credentials);
    const answer = await sendForm(url, signed, form, agent.value ?? direct);
    return isStsLike(answer)
      ? succeeded(answer)
      : failed(appError('unexpected-answer', { service: 'STS', name: answer.headers['content-type'] ?? 'no content type' }));
  } catch (error) {
    return failed(fromSdkError(error, { profile: '', action: `sts:${action}`, service: 'STS', now: Date.now() }));
  } finally {
    agent.value?.destroy();
  }
}

const closedMeanwhile = Symbol('closed meanwhile');

/** Sends over a connection of the agent's, or over a new one where there is none. */
async function sendForm(url: URL, headers: Readonly<Record<string, string>>, form: string, agent: Agent | false): Promise<StsAnswer> {
  const answer = await sendOver(url, headers, form, agent);
  return answer === closedMeanwhile ? sendForm(url, headers, form, false) : answer;
}

/** Gives back `closedMeanwhile` where STS closed a kept connection in the moment of the call. */
function sendOver(url: URL, headers: Readonly<Record<string, string>>, form: string, agent: Agent | false): Promise<StsAnswer | typeof closedMeanwhile> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? secureRequest : plainRequest;
    const sent = send(url, { method: 'POST', headers, agent }, (response) => {
      read(response).then(resolve, reject);
    });
    const timer = setTimeout(() => sent.destroy(Object.assign(new Error('no answer'), { name: 'TimeoutError' })), answerMs);
    sent.on('close', () => clearTimeout(timer));
    sent.on('error', (error) => {
      if (sent.reusedSocket && systemErrorCode(error) === 'ECONNRESET') resolve(closedMeanwhile);
      else reject(error);
    });
    sent.end(form);
  });
}

async function read(response: IncomingMessage): Promise<StsAnswer> {
  const body = await limitedBody(response, answerBytesMax);
  if (body === null) throw Object.assign(new Error('too large'), { name: 'AnswerTooLarge' });
  const headers = Object.fromEntries(passedHeaders.flatMap((name) => (typeof response.headers[name] === 'string' ? [[name, response.headers[name]]] : [])));
  return { status: response.statusCode ?? 502, headers, body };
}

/** An error is passed on whatever it looks like: clients know pages of load balancers. */
function isStsLike({ status, headers }: StsAnswer): boolean {
  return status >= 400 || (status === 200 && /\b(xml|json)\b/i.test(headers['content-type'] ?? ''));
}
