import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { askApp } from '../../src-main/cli/process/app-connection.ts';
import { notRunning } from '../../src-main/cli/process/connect.ts';
import type { ApiAnswers, ApiName, ApiRequest } from '../../src-main/contract/local-api.ts';
import type { RelayRequest } from '../../src-main/contract/relay.ts';
import { startLocalAws, type LocalAws } from '../aws/local-aws.ts';
import { bundledProgram, type BundledProgram } from '../processes/bundled-program.ts';
import { within } from '../processes/deadline.ts';
import type { KeptThings } from '../memory/kept-things.ts';
import { Ownership } from '../processes/ownership.ts';
import { testCipher } from '../samples/test-cipher.ts';
import type { Answered, Told } from './long-lived-app.ts';

/** What programs and people do in an hour, each that many times. */
export type Hour = {
  readonly credentialProcesses: number;
  /** Runs with the relay, in each of which a role is assumed. */
  readonly runs: number;
  readonly exports: number;
  readonly consoles: number;
  /** At most six: a code is taken once. */
  readonly renewals: number;
  readonly looks: number;
};

/** What the app has at the end of an hour. `files` are those of its folders, but for the ledger, which grows. */
export type Kept = KeptThings & { readonly files: readonly string[] };

/** How long a step may take on a busy machine, in milliseconds. */
const stepMs = 60_000;
const hourMs = 3_600_000;

/** An app without windows, as a process of its own, with a clock that a test sets; AWS's goes with it. Programs ask it by its local API. */
export class LongDay {
  handOffs = 0;
  readonly #app: ChildProcess;
  readonly #aws: LocalAws;
  readonly #folder: string;
  readonly #owned: Ownership;
  #aheadMs = 0;

  private constructor(parts: { readonly app: ChildProcess; readonly aws: LocalAws; readonly folder: string; readonly owned: Ownership }) {
    this.#app = parts.app;
    this.#aws = parts.aws;
    this.#folder = parts.folder;
    this.#owned = parts.owned;
    this.#app.on('message', ({ answer }: Answered) => {
      if (answer !== 'code-wanted') return;
      this.#aws.forgetUsedCodes();
      void this.#aws.nextTotpCode().then((code) => this.#say({ tell: 'code', code }));
    });
  }

  static async begin(): Promise<LongDay> {
    const owned = new Ownership();
    const aws = owned.own(await startLocalAws());
    const program: BundledProgram = await bundledProgram('testing/rigs/long-lived-app.ts');
    owned.own({ close: () => program.remove() });
    const folder = await mkdtemp(join(tmpdir(), 'long-'));
    owned.own({ close: () => rm(folder, { recursive: true, maxRetries: 3 }) });
    const { accessKeyId, secretAccessKey } = aws.alice;
    const { deployRoleArn } = aws.accounts.b;
    await mkdir(join(folder, 'run'), { mode: 0o700 });
    await mkdir(join(folder, 'tmp'));
    const deploy = `[profile deploy]\nrole_arn = ${deployRoleArn}\nsource_profile = default\nregion = us-east-1\n`;
    await writeFile(join(folder, 'config'), `[default]\nregion = us-east-1\n${deploy}`);
    await writeFile(join(folder, 'credentials'), `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`, {
      mode: 0o600,
    });
    // What belongs to the user's shell would lead its calls elsewhere.
    const usual = Object.entries(process.env).filter(([name]) => !/^AWS_|_proxy$/i.test(name));
    const env = { ...Object.fromEntries(usual), AWS_ENDPOINT_URL: aws.endpoint, TMPDIR: join(folder, 'tmp'), ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' };
    const app = fork(program.file, { env });
    owned.own({ close: () => ended(app) });
    const day = new LongDay({ app, aws, folder, owned });
    await day.#told({ tell: 'start', folder, socket: day.#socket, key: testCipher().key.toString('hex'), endpoint: aws.endpoint });
    await day.#login();
    return day;
  }

  /** An hour goes by, in steps of some minutes, between which the app is asked for this much. */
  async hour(hour: Hour): Promise<void> {
    const steps = 6;
    const share = (times: number, step: number) => Math.floor((times * (step + 1)) / steps) - Math.floor((times * step) / steps);
    for (let step = 0; step < steps; step += 1) {
      this.#aheadMs += hourMs / steps;
      this.#aws.faults.clockOffsetSeconds = this.#aheadMs / 1000;
      await this.#told({ tell: 'clock', aheadMs: this.#aheadMs });
      await repeat(share(hour.renewals, step), () => this.#login());
      await repeat(share(hour.credentialProcesses, step), () => this.#credentialProcess(this.handOffs % 4 === 0 ? 'deploy' : 'default'));
      await repeat(share(hour.runs, step), () => (this.handOffs % 4 === 0 ? this.#connectedRun() : this.#run()));
      await repeat(share(hour.exports, step), () => this.#handOff({ profile: 'deploy', credentials: 'static' }));
      await repeat(share(hour.consoles, step), () => this.#console());
      await repeat(share(hour.looks, step), () => this.#told({ tell: 'look' }));
    }
  }

  async kept(): Promise<Kept> {
    const answered = await this.#told({ tell: 'count' });
    if (answered.answer !== 'counted') throw new Error(`the app answered ${answered.answer}`);
    const found = await readdir(this.#folder, { recursive: true });
    return { ...answered.kept, files: found.filter((file) => !/ledger\.jsonl(?:\.\d+)?$/.test(file)).toSorted() };
  }

  close(): Promise<void> {
    return this.#owned.close();
  }

  get #socket(): string {
    return join(this.#folder, 'run', 'api.sock');
  }

  async #login(): Promise<void> {
    this.#aws.forgetUsedCodes();
    await this.#ask('login', { profile: 'default', code: await this.#aws.nextTotpCode() });
  }

  async #credentialProcess(profile: string): Promise<void> {
    await this.#ask('credential-process', { profile, pid: process.pid });
    this.handOffs += 1;
  }

  /** A run that holds a FIFO open. */
  async #run(): Promise<void> {
    const { set, runFifo } = await this.#handOff({
      profile: 'default',
      credentials: 'static',
      program: { command: 'terraform plan', folder: this.#folder },
      relay: this.#relay('fifo'),
    });
    const held = createWriteStream(runFifo ?? '');
    await once(held, 'open');
    await this.#assumeRole(set);
    held.end();
    await once(held, 'close');
  }

  /** A run that holds a connection open. */
  async #connectedRun(): Promise<void> {
    const { set, relayRun } = await this.#handOff({
      profile: 'default',
      credentials: 'static',
      program: { command: 'make', folder: this.#folder },
      relay: this.#relay('connection'),
    });
    const body = JSON.stringify({ run: relayRun });
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const held = request({ socketPath: this.#socket, path: '/v1/relay-run', method: 'POST', headers });
    // It ends without an answer.
    const closed = new Promise((resolve) => held.on('error', () => undefined).on('close', resolve));
    held.end(body);
    await once(held, 'finish');
    await this.#assumeRole(set);
    held.destroy();
    await closed;
  }

  async #assumeRole(set: ApiAnswers['hand-off']['set']): Promise<void> {
    const env = Object.fromEntries(set);
    const client = new STSClient({
      endpoint: env['AWS_ENDPOINT_URL_STS'] ?? '',
      region: 'us-east-1',
      maxAttempts: 1,
      systemClockOffset: this.#aheadMs,
      credentials: {
        accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
        secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
        sessionToken: env['AWS_SESSION_TOKEN'] ?? '',
      },
    });
    await client.send(new AssumeRoleCommand({ RoleArn: this.#aws.accounts.b.deployRoleArn, RoleSessionName: 'alice' }));
    client.destroy();
  }

  async #console(): Promise<void> {
    await this.#ask('console', { profile: 'deploy', addressOnly: true, pid: process.pid });
    this.handOffs += 1;
  }

  async #handOff(wanted: Omit<ApiRequest<'hand-off'>, 'pid'>): Promise<ApiAnswers['hand-off']> {
    const answer = await this.#ask('hand-off', { ...wanted, pid: process.pid });
    this.handOffs += 1;
    return answer;
  }

  #relay(until: RelayRequest['until']): RelayRequest {
    const project = { folder: this.#folder, workspace: 'default', accountIds: ['222222222222'], undecided: null, onTheWay: [], ofState: [], placed: [] };
    const way = { AWS_ENDPOINT_URL: this.#aws.endpoint };
    return { accounts: [], typed: [], changes: true, project, way, rolesOnly: true, repeats: true, typedAs: 'command-line', until };
  }

  async #ask<N extends ApiName>(name: N, fields: ApiRequest<N>): Promise<ApiAnswers[N]> {
    const answer = await askApp({ kind: 'socket', path: this.#socket }, name, fields);
    if (answer === notRunning || !answer.ok) throw new Error(`${name} failed: ${JSON.stringify(answer)}`);
    return answer.value;
  }

  /** Its answer, but for those that ask for a code. */
  async #told(told: Told): Promise<Answered> {
    const answered = new Promise<Answered>((resolve, reject) => {
      const exit = (): void => reject(new Error('the app has ended'));
      const hear = (message: Answered): void => {
        if (message.answer === 'code-wanted') return;
        this.#app.off('message', hear).off('exit', exit);
        resolve(message);
      };
      this.#app.on('message', hear).once('exit', exit);
    });
    this.#say(told);
    return within(stepMs, `the app did not answer to ${told.tell}`, answered);
  }

  #say(told: Told): void {
    this.#app.send(told);
  }
}

async function repeat(count: number, act: () => Promise<unknown>): Promise<void> {
  for (let time = 0; time < count; time += 1) await act();
}

async function ended(app: ChildProcess): Promise<void> {
  if (app.exitCode !== null || app.signalCode !== null) return;
  const exit = once(app, 'exit');
  app.kill('SIGKILL');
  await exit;
}
