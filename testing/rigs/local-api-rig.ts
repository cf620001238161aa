import { execFile, type ExecFileOptions } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { AppError, Result } from '../../src-main/contract/app-error.ts';
import type { ApiRequest } from '../../src-main/contract/local-api.ts';
import type { ApiAddress } from '../../src-main/core/local-api/api-address.ts';
import { appError, failed, succeeded } from '../../src-main/core/errors.ts';
import { openLocalApi, type ApiContext, type ApiHandlers, type LocalApi, type LocalApiLimits } from '../../src-main/broker/local-api/server.ts';

export const processCredentials = {
  Version: 1,
  AccessKeyId: 'ASIAFAKE',
  SecretAccessKey: 'fake',
  SessionToken: 'fake',
  Expiration: '2030-01-01T00:00:00Z',
  AccountId: '111111111111',
} as const;

type Sent = { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string | Buffer; readonly chunked?: boolean };
export type Received = { readonly status: number; readonly headers: Record<string, unknown>; readonly text: string };

/** The real server on a real Unix socket, with clients, and handlers whose answer depends on the profile's name. */
export class LocalApiRig {
  readonly folder: string;
  readonly socketFolder: string;
  readonly socket: string;
  readonly bugs: unknown[] = [];
  /** Requests for credentials in the order in which they came, with their signals. */
  readonly asked: { readonly request: ApiRequest<'credential-process'>; readonly context: ApiContext }[] = [];
  readonly #opened: LocalApi[] = [];

  private constructor(folder: string) {
    this.folder = folder;
    this.socketFolder = join(folder, 'run');
    this.socket = join(this.socketFolder, 'api.sock');
  }

  static async make(): Promise<LocalApiRig> {
    return new LocalApiRig(await mkdtemp(join(tmpdir(), 'local-api-')));
  }

  async close(): Promise<void> {
    await Promise.all(this.#opened.map((api) => api.dispose()));
    await rm(this.folder, { recursive: true, force: true });
  }

  async tryToOpen(limits: Partial<LocalApiLimits> = {}, address: ApiAddress = { kind: 'socket', path: this.socket }): Promise<Result<LocalApi>> {
    const opened = await openLocalApi({ address, handlers: this.#handlers(), sentences, onBug: (error) => this.bugs.push(error), limits });
    if (opened.ok) this.#opened.push(opened.value);
    return opened;
  }

  async open(limits: Partial<LocalApiLimits> = {}): Promise<LocalApi> {
    const opened = await this.tryToOpen(limits);
    if (!opened.ok) throw new Error(String(opened.error.params['reason']));
    return opened.value;
  }

  /** Sends one request by node:http; a body is sent as JSON unless the headers say otherwise. */
  ask(path: string, { method, headers = {}, body, chunked = false }: Sent = {}): Promise<Received> {
    return new Promise((resolve, reject) => {
      const type = body === undefined ? {} : { 'content-type': 'application/json' };
      const length = body === undefined || chunked ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const options = { socketPath: this.socket, path, method: method ?? (body === undefined ? 'GET' : 'POST') };
      const sent = httpRequest({ ...options, headers: { ...type, ...length, ...headers } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      });
      sent.on('error', reject);
      if (chunked) sent.flushHeaders();
      sent.end(body);
    });
  }

  post(name: string, fields: unknown, headers: Record<string, string> = {}): Promise<Received> {
    return this.ask(`/v1/${name}`, { body: JSON.stringify(fields), headers });
  }

  credentialsOf(profile: string, rest = ''): Promise<Received> {
    return this.ask(`/v1/credential-process?profile=${profile}${rest}`);
  }

  async curl(args: readonly string[], options: ExecFileOptions = {}): Promise<string> {
    const all = ['--silent', '--show-error', '--unix-socket', this.socket, ...args];
    return String((await promisify(execFile)('curl', all, options)).stdout);
  }

  /** Sends bytes as they are; `received` is everything that came until the server closed the connection. */
  rawConnection(bytes: string): { readonly client: Socket; readonly received: Promise<string> } {
    const client = connect(this.socket);
    client.write(bytes);
    const received = new Promise<string>((resolve) => {
      let text = '';
      client.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      client.on('error', () => {}).on('close', () => resolve(text));
    });
    return { client, received };
  }

  #handlers(): ApiHandlers {
    const notUsed = () => Promise.reject(new Error('not used here'));
    return {
      status: async () => succeeded({ sessions: [] }),
      login: async ({ profile }) => failed(appError('profile-unknown', { profile })),
      'way-to-aws': notUsed,
      exec: notUsed,
      logout: async (request) => succeeded({ ended: 'all' in request ? ['everything'] : [request.profile] }),
      'credential-process': (request, context) => {
        this.asked.push({ request, context });
        return credentials(request.profile);
      },
      'hand-off': async () => failed(appError('account-mismatch')),
      'relay-run': notUsed,
      check: notUsed,
      bind: notUsed,
      terminal: notUsed,
      install: notUsed,
      uninstall: notUsed,
      history: notUsed,
      activity: notUsed,
      revocation: notUsed,
      revoke: notUsed,
      'remove-revocation': notUsed,
      'access-keys': notUsed,
      rotate: notUsed,
      'delete-old-key': notUsed,
      console: notUsed,
      accounts: notUsed,
      'mark-account': notUsed,
      'sign-ins': notUsed,
      'portal-roles': notUsed,
      'sign-in-page': notUsed,
      'sign-in-code': notUsed,
      'sign-out': notUsed,
      panel: async () => succeeded({}),
      report: notUsed,
    };
  }
}

/** The body of an answer in JSON. */
export function json({ text }: Received): unknown {
  return JSON.parse(text);
}

/** The error of a refused request. */
export function errorOf(received: Received): AppError {
  return (json(received) as { error: AppError }).error;
}

function sentences({ code }: AppError): string {
  return `What happened: ${code}. 次にすること。`;
}

/** For `waits` there is never an answer. */
function credentials(profile: string): Promise<Result<typeof processCredentials>> {
  switch (profile) {
    case 'ready':
      return Promise.resolve(succeeded(processCredentials));
    case 'cancelled':
      return Promise.resolve(failed(appError('mfa-cancelled')));
    case 'late':
      return Promise.resolve(failed(appError('mfa-timeout')));
    case 'denied':
      return Promise.resolve(failed(appError('permission-denied')));
    case 'broken':
      throw new Error('a bug that knows 123456');
    default:
      return new Promise(() => {});
  }
}
