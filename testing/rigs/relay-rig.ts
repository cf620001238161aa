import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { STSClient } from '@aws-sdk/client-sts';
import type { AskPerson, RelayQuestion } from '../../src-main/broker/relay/questions.ts';
import type { RelayEvent } from '../../src-main/broker/relay/relay-run.ts';
import { RelayRuns, type NewRun, type OpenRun } from '../../src-main/broker/relay/relay-runs.ts';
import type { RelayLimits } from '../../src-main/broker/relay/relay-server.ts';
import type { SessionCredentials } from '../../src-main/core/credentials.ts';
import type { Meant } from '../../src-main/core/relay/meant.ts';
import { errorSentences } from '../../src-main/core/texts/translate.ts';
import { shippedTexts } from '../texts/shipped-texts.ts';
import { clientEnv, type ClientCredentials } from '../aws/clients/client-env.ts';
import { startBaseSession, type ClientSession } from '../aws/clients/sdk-session.ts';
import type { LocalAws } from '../aws/local-aws.ts';

const missing = '/nonexistent/aws';

export type RigOptions = {
  readonly meant?: Meant;
  readonly env?: NewRun['env'];
  readonly repeats?: boolean;
  readonly program?: string;
};

type Sent = { readonly method?: string; readonly path?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };
export type Received = { readonly status: number; readonly headers: Readonly<Record<string, unknown>>; readonly text: string };

/** The real relay in front of a local AWS, with a base session of alice's. */
export class RelayRig {
  readonly aws: LocalAws;
  readonly session: ClientSession;
  readonly events: RelayEvent[] = [];
  readonly questions: RelayQuestion[] = [];
  readonly bound: string[] = [];
  readonly bugs: unknown[] = [];
  /** How the person answers; null for one who does not. */
  person: AskPerson | null = null;
  /** How far the relay's clock is ahead, in milliseconds. */
  ahead = 0;
  readonly runs: RelayRuns;
  #address = '';

  private constructor(aws: LocalAws, session: ClientSession, limits: Partial<RelayLimits>) {
    this.aws = aws;
    this.session = session;
    this.runs = new RelayRuns({
      files: { config: missing, credentials: missing },
      proxy: () => '',
      sentences: (error) => errorSentences(shippedTexts.en, error),
      onBug: (error) => this.bugs.push(error),
      ask: (question, signal) => this.#asked(question, signal),
      now: () => Date.now() + this.ahead,
      limits,
    });
    this.runs.onEvent((event) => this.events.push(event));
  }

  static async make(aws: LocalAws, { limits = {} }: { readonly limits?: Partial<RelayLimits> } = {}): Promise<RelayRig> {
    aws.forgetUsedCodes();
    return new RelayRig(aws, await startBaseSession(aws), limits);
  }

  /** Of the run that was opened last. */
  get address(): string {
    return this.#address;
  }

  /** By default it is meant for account B, and equal calls are all made. */
  async open({
    meant = { kind: 'stated', by: 'project', accountIds: ['222222222222'], onTheWay: [], ofState: [], placed: [] },
    env = {},
    repeats = false,
    program = 'terraform apply',
  }: RigOptions = {}): Promise<OpenRun> {
    const opened = await this.runs.open({
      profile: 'default',
      program,
      folder: '/home/alice/deploy',
      session: { credentials: credentialsOf(this.session), accountId: '111111111111', profile: 'default' },
      meant,
      mustBeTyped: () => false,
      env: { AWS_ENDPOINT_URL: this.aws.endpoint, ...env },
      repeats,
      bind: (accountId) => this.bound.push(accountId),
    });
    if (!opened.ok) throw new Error(opened.error.code);
    this.#address = Object.fromEntries(opened.value.environment)['AWS_ENDPOINT_URL_STS'] ?? '';
    return opened.value;
  }

  /** The environment of a program of the run: all services at the local AWS, and STS at the relay. */
  environment({ environment }: OpenRun, credentials: ClientCredentials = this.session): NodeJS.ProcessEnv {
    return { ...clientEnv(this.aws, credentials), ...Object.fromEntries(environment) };
  }

  /** The SDK's own client, at the relay. */
  sts(
    credentials: ClientCredentials = this.session,
    rest: { readonly region?: string; readonly customUserAgent?: string; readonly systemClockOffset?: number } = {},
  ): STSClient {
    return new STSClient({ endpoint: this.#address, region: 'us-east-1', credentials: { ...credentials }, maxAttempts: 1, ...rest });
  }

  /** A request as it is, unsigned; by default to the run's own path. */
  send({ method = 'POST', path, headers = {}, body = '' }: Sent): Promise<Received> {
    const { hostname, port, pathname } = new URL(this.#address);
    return new Promise((resolve, reject) => {
      const type = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(body)) };
      const sent = httpRequest({ hostname, port, path: path ?? `${pathname}/`, method, headers: { ...type, ...headers } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** Sends bytes as they are; all that came when the relay closed. */
  raw(bytes: string | Buffer): Promise<string> {
    const { hostname, port } = new URL(this.#address);
    const client = connect(Number(port), hostname);
    client.write(bytes);
    return new Promise((resolve) => {
      let text = '';
      client.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      client.on('error', () => {}).on('close', () => resolve(text));
    });
  }

  /** Ends its runs; fails where something happened that should not. */
  async close(): Promise<void> {
    await this.runs.dispose();
    if (this.bugs.length > 0) throw new AggregateError(this.bugs, 'the relay has a bug');
  }

  #asked(question: RelayQuestion, signal: AbortSignal): ReturnType<AskPerson> {
    this.questions.push(question);
    return this.person === null ? new Promise(() => {}) : this.person(question, signal);
  }
}

export function credentialsOf({ accessKeyId, secretAccessKey, sessionToken, expiration }: ClientSession): SessionCredentials {
  return { accessKeyId, secretAccessKey, sessionToken, expiresAt: expiration.getTime() };
}
