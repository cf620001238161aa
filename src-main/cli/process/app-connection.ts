import { stat } from 'node:fs/promises';
import { request } from 'node:http';
import { dirname } from 'node:path';
import type { AppError } from '../../contract/app-error.ts';
import type { ApiAnswers, ApiFailure, ApiName, ApiRequest } from '../../contract/local-api.ts';
import { appError } from '../../core/errors.ts';

/** `sentences` are the app's own, for an error that this version of the command line does not know. */
export type Failure = { readonly ok: false; readonly error: AppError; readonly sentences?: string };
export type Answer<T> = { readonly ok: true; readonly value: T } | Failure;

/** Nothing listens at the address. */
export const notRunning = 'not-running';

/** The longest wait for an answer that does not need the user, in milliseconds. */
const answerMs = 15_000;

/** Requests that may open the MFA prompt, and are answered only when the user is done with it. */
const patient: ReadonlySet<ApiName> = new Set([
  'login',
  'credential-process',
  'hand-off',
  'check',
  'terminal',
  'activity',
  'revocation',
  'revoke',
  'remove-revocation',
  'access-keys',
  'rotate',
  'delete-old-key',
  'console',
]);

/** Asks the running app once. */
export async function askApp<N extends ApiName>(address: string, name: N, fields: ApiRequest<N>): Promise<Answer<ApiAnswers[N]> | typeof notRunning> {
  const foreign = await foreignFile(address);
  if (foreign !== null) return { ok: false, error: appError('app-socket-foreign', { file: foreign }) };
  return await new Promise((resolve) => {
    const fail = (reason: string): void => resolve({ ok: false, error: appError('app-not-answering', { reason }) });
    const asQuery = name === 'credential-process';
    const query = new URLSearchParams(Object.entries(fields).map(([field, value]) => [field, String(value)]));
    const sent = request(
      {
        socketPath: address,
        path: `/v1/${name}${asQuery ? `?${query}` : ''}`,
        method: asQuery ? 'GET' : 'POST',
        headers: asQuery ? {} : { 'content-type': 'application/json' },
        agent: false,
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (body += chunk));
        response.on('end', () => {
          const answer = readAnswer(response.statusCode ?? 0, body);
          if (answer === null) fail(`HTTP ${response.statusCode}`);
          // The app is the same user's, so its answers are taken as they are.
          else resolve(answer as Answer<ApiAnswers[N]>);
        });
        response.on('error', (error) => fail(reasonOf(error)));
      },
    );
    if (!patient.has(name)) sent.setTimeout(answerMs, () => sent.destroy(new Error('ETIMEDOUT')));
    sent.on('error', (error) => {
      if (isAbsent(error)) resolve(notRunning);
      else fail(reasonOf(error));
    });
    sent.end(asQuery ? undefined : JSON.stringify(fields));
  });
}

/** A run of the relay that this process keeps open. `isLost`: the app ended it first, because it quit or crashed. */
export type HeldRun = { readonly isLost: () => boolean; readonly release: () => void };

/** Keeps a run open until `release`, or until this process ends, by a request that is not answered before. */
export function holdRun(address: string, run: string): HeldRun {
  let lost = false;
  const sent = request({ socketPath: address, path: '/v1/relay-run', method: 'POST', headers: { 'content-type': 'application/json' }, agent: false });
  const lose = (): void => void (lost = true);
  sent.on('response', lose).on('error', lose).end(JSON.stringify({ run }));
  return { isLost: () => lost, release: () => sent.destroy() };
}

/** The socket, or its folder, when another user owns it; else null. */
async function foreignFile(address: string): Promise<string | null> {
  const user = process.getuid?.();
  if (user === undefined || process.platform === 'win32') return null;
  for (const file of [dirname(address), address]) {
    try {
      if ((await stat(file)).uid !== user) return file;
    } catch (error) {
      // A file that does not exist has no owner; one that we may not look at belongs to somebody else.
      if (error instanceof Error && 'code' in error && error.code === 'EACCES') return file;
    }
  }
  return null;
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

function isAbsent(error: Error): boolean {
  return 'code' in error && (error.code === 'ENOENT' || error.code === 'ECONNREFUSED');
}

function reasonOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
