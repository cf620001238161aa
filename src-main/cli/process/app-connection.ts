import { request, type ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { AppError } from '../../contract/app-error.ts';
import { callerFilesHeader, type ApiAnswers, type ApiFailure, type ApiName, type ApiRequest, type CallerFiles } from '../../contract/local-api.ts';
import { appError } from '../../core/errors.ts';
import type { ApiAddress } from '../../core/local-api/api-address.ts';
import { connectTo, notRunning } from './connect.ts';

/** `sentences` are the app's own, for an error that this version of the command line does not know. */
export type Failure = { readonly ok: false; readonly error: AppError; readonly sentences?: string };
export type Answer<T> = { readonly ok: true; readonly value: T } | Failure;

/** The longest wait for an answer that does not need the user, in milliseconds. */
const answerMs = 15_000;

/** Requests that may open the MFA prompt or a question, and are answered only when the user is done with it. */
const patient: ReadonlySet<ApiName> = new Set([
  'login',
  'credential-process',
  'hand-off',
  'check',
  'bind',
  'terminal',
  'activity',
  'revocation',
  'revoke',
  'remove-revocation',
  'access-keys',
  'rotate',
  'delete-old-key',
  'console',
  'mark-account',
  'sign-in-code',
]);

/** Asks the running app once. Errors: those of `connectTo`, and what the app answers. */
export async function askApp<N extends ApiName>(
  address: ApiAddress,
  name: N,
  fields: ApiRequest<N>,
  files: CallerFiles | null = null,
): Promise<Answer<ApiAnswers[N]> | typeof notRunning> {
  const connected = await connectTo(address);
  if (connected === notRunning || !connected.ok) return connected;
  return await new Promise((resolve) => {
    const fail = (reason: string): void => resolve({ ok: false, error: appError('app-not-answering', { reason }) });
    const sent = requestOn(connected.socket, name, fields, files);
    sent.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => {
        const answer = readAnswer(response.statusCode ?? 0, body);
        if (answer === null) fail(`HTTP ${response.statusCode}`);
        // The app is the same user's. Only what a shell is to evaluate is looked at, by those who ask for it.
        else resolve(answer as Answer<ApiAnswers[N]>);
      });
      response.on('error', (error) => fail(reasonOf(error)));
    });
    if (!patient.has(name)) sent.setTimeout(answerMs, () => sent.destroy(new Error('ETIMEDOUT')));
    sent.on('error', (error) => fail(reasonOf(error)));
  });
}

/** A run of the relay that this process keeps open. `isLost`: the app ended it first, because it quit or crashed. */
export type HeldRun = { readonly isLost: () => boolean; readonly release: () => void };

/** Keeps a run open until `release`, or until this process ends, by a request that is not answered before. */
export function holdRun(address: ApiAddress, run: string): HeldRun {
  let [lost, released] = [false, false];
  let held: Socket | null = null;
  const lose = (): void => void (lost = true);
  void connectTo(address).then((connected) => {
    if (connected === notRunning || !connected.ok) return lose();
    held = connected.socket;
    if (released) held.destroy();
    else requestOn(held, 'relay-run', { run }, null).on('response', lose).on('error', lose);
  });
  return {
    isLost: () => lost,
    release: () => {
      released = true;
      held?.destroy();
    },
  };
}

/** Sends one request, for which the connection was made. */
function requestOn<N extends ApiName>(socket: Socket, name: N, fields: ApiRequest<N>, files: CallerFiles | null): ClientRequest {
  const asQuery = name === 'credential-process';
  const query = new URLSearchParams(Object.entries(fields).map(([field, value]) => [field, String(value)]));
  const sent = request({
    createConnection: () => socket,
    path: `/v1/${name}${asQuery ? `?${query}` : ''}`,
    method: asQuery ? 'GET' : 'POST',
    headers: {
      ...(asQuery ? {} : { 'content-type': 'application/json' }),
      ...(files === null ? {} : { [callerFilesHeader]: encodeURIComponent(JSON.stringify(files)) }),
    },
  });
  return sent.end(asQuery ? undefined : JSON.stringify(fields));
}

function readAnswer(status: number, body: string): Answer<object> | null {
  const json = parsed(body);
  if (json === null) return null;
  if (status === 200) return { ok: true, value: json };
  const { error, sentences } = json as Partial<ApiFailure>;
  return error === undefined ? null : { ok: false, error, ...(sentences === undefined ? {} : { sentences }) };
}

function parsed(body: string): object | null {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === 'object' ? json : null;
  } catch {
    return null;
  }
}

function reasonOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
