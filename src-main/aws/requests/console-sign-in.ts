import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import type { Result } from '../../contract/app-error.ts';
import { partitionOf } from '../../core/aws-names/arn.ts';
import { signInHost } from '../../core/aws-names/console-pages.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { limitedBody } from '../client/limited-body.ts';
import { clientSettings } from '../client/client-settings.ts';
import type { CallCredentials, ClientOptions } from '../client/clients.ts';
import { fromSdkError } from '../client/errors.ts';
import { agentTo } from '../client/transport.ts';
import { cutEnd } from '../../core/cut-end.ts';

/** Only a role session can sign in, so its three parts are all required. */
export type SignInOptions = Pick<ClientOptions, 'profile' | 'files' | 'region' | 'proxy'> & { readonly credentials: Required<CallCredentials> };

export type SignInRequest = {
  /** The ARN of the role or of its session; its partition decides which console it is. */
  readonly arn: string;
  /**
   * How long the console's session lasts, 900 to 43,200. Null means as long as the role session still
   * lasts: AWS refuses any number for a chained one.
   */
  readonly sessionSeconds: number | null;
  /** The page of the console to land on. */
  readonly destination: string;
};

/** From the start of the connection to the end of the answer, in milliseconds. */
const answerMs = 15_000;

/** A sign-in token has about 1,500 characters. */
const answerBytesMax = 65_536;

/** The service's name in error messages, where it follows “AWS”. */
const service = 'sign-in';

/**
 * Exchanges a role session for the address that signs a browser in to the console ("Enable custom
 * identity broker access to the AWS console", IAM User Guide). The address is a secret, and valid for
 * 15 minutes.
 *
 * Errors: `console-partition-unknown` `{partition}`, `console-refused` `{status}`, those of `agentTo`,
 * `network-unreachable` and `certificate-refused` `{service, reason}`, `service-failed`
 * `{service, status}`, `unexpected-answer` `{service, name}`.
 */
export async function consoleSignIn(options: SignInOptions, { arn, sessionSeconds, destination }: SignInRequest): Promise<Result<string>> {
  const partition = partitionOf(arn);
  const host = signInHost(partition);
  if (host === null) return failed(appError('console-partition-unknown', { partition: partition ?? arn }));
  const { endpoint, caBundle } = await clientSettings(options.profile, 'signin', { files: options.files, env: process.env });
  const federation = federationAt(endpoint ?? `https://${host}`);
  if (federation === null) return failed(appError('network-unreachable', { service, reason: 'Invalid URL' }));
  const proxies = { env: process.env, chosen: options.proxy ?? '' };
  const agent = await agentTo(federation, caBundle, proxies);
  if (!agent.ok) return agent;
  try {
    const answer = await post(federation, agent.value, tokenForm(options.credentials, sessionSeconds));
    const token = tokenIn(answer);
    return token.ok ? succeeded(loginUrl(federation, destination, token.value)) : token;
  } catch (error) {
    return failed(sentenceOf(error, options.profile));
  } finally {
    agent.value?.destroy();
  }
}

/** Null when the endpoint is not the address of a web server. */
function federationAt(endpoint: string): URL | null {
  if (!URL.canParse(endpoint)) return null;
  const url = new URL(endpoint);
  url.pathname = `${cutEnd(url.pathname, (character) => character === '/')}/federation`;
  url.search = '';
  url.hash = '';
  return /^https?:$/.test(url.protocol) ? url : null;
}

function tokenForm({ accessKeyId, secretAccessKey, sessionToken }: Required<CallCredentials>, sessionSeconds: number | null): string {
  return new URLSearchParams({
    Action: 'getSigninToken',
    ...(sessionSeconds === null ? {} : { SessionDuration: String(sessionSeconds) }),
    Session: JSON.stringify({ sessionId: accessKeyId, sessionKey: secretAccessKey, sessionToken }),
  }).toString();
}

function loginUrl(federation: URL, destination: string, token: string): string {
  const url = new URL(federation);
  url.search = new URLSearchParams({ Action: 'login', Issuer: 'sts-tray', Destination: destination, SigninToken: token }).toString();
  return url.href;
}

type Answer = { readonly status: number; readonly text: string };

/**
 * Uses POST, because a proxy or server that logs addresses would log the secrets of a GET. The request
 * is not repeated and no redirect is followed: the body is for this one server.
 */
async function post(url: URL, agent: Agent | null, body: string): Promise<Answer> {
  const { request } = url.protocol === 'https:' ? await import('node:https') : await import('node:http');
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json', 'user-agent': 'sts-tray' };
    // Without an agent the connection is closed after the answer.
    const call: ClientRequest = request(url, { method: 'POST', headers, agent: agent ?? false });
    const giveUp = setTimeout(() => {
      // A request without a connection, as behind a silent proxy, emits nothing when it is destroyed.
      reject(Object.assign(new Error('No answer in time'), { name: 'TimeoutError' }));
      call.destroy();
    }, answerMs);
    call.on('close', () => clearTimeout(giveUp));
    call.on('error', reject);
    call.on('response', (response: IncomingMessage) => {
      read(response)
        .then((text) => resolve({ status: response.statusCode ?? 0, text }), reject)
        .finally(() => call.destroy());
    });
    call.end(body);
  });
}

async function read(response: IncomingMessage): Promise<string> {
  // What is too large is no answer, as is one without a text: `unexpected-answer`.
  return (await limitedBody(response, answerBytesMax))?.toString('utf8') ?? '';
}

function tokenIn({ status, text }: Answer): Result<string> {
  if (status === 400 || status === 403) return failed(appError('console-refused', { status }));
  if (status === 429) return failed(appError('throttled'));
  if (status >= 500) return failed(appError('service-failed', { service, status }));
  if (status !== 200) return failed(appError('unexpected-answer', { service, name: `HTTP ${status}` }));
  const token = signinToken(text);
  return token === null ? failed(appError('unexpected-answer', { service, name: 'no sign-in token' })) : succeeded(token);
}

function signinToken(text: string): string | null {
  try {
    const { SigninToken: token } = JSON.parse(text) as { readonly SigninToken?: unknown };
    return typeof token === 'string' && token !== '' ? token : null;
  } catch {
    return null;
  }
}

/** Node throws the same codes here as it does under the SDK; only the service's name differs. */
function sentenceOf(error: unknown, profile: string) {
  const { code, params } = fromSdkError(error, { profile, action: 'signin:GetSigninToken', service: 'STS', now: Date.now() });
  return appError(code, { ...params, service });
}
