import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { AwsFiles } from '../../aws/files/environment.ts';
import type { PassedCall } from '../../aws/relay/pass-on.ts';
import type { WayToSts } from '../../aws/relay/way-to-sts.ts';
import type { AppError, Result } from '../../contract/app-error.ts';
import { lateOnce } from '../../core/calls/late.ts';
import type { RelayRequest } from '../../contract/relay.ts';
import type { WayVariables } from '../../contract/relay/way-variables.ts';
import { Emitter } from '../../core/emitter.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { ForeseenCall } from '../../core/relay/foreseen-calls.ts';
import type { Meant } from '../../core/relay/meant.ts';
import type { Variables } from '../../core/hand-offs/exports.ts';
import { runEnvironment } from '../../core/relay/run-environment.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import { refusalOf, type RelayAnswer } from './answers.ts';
import type { Incoming } from './incoming.ts';
import type { HandedOut } from './issued-keys.ts';
import type { AskPerson } from './questions.ts';
import { RelayRun, type RelayEvent, type RunIdentity } from './relay-run.ts';
import { openRelayServer, type RelayLimits, type RelayServer } from './relay-server.ts';

type Parts = {
  /** The AWS files that say where STS is. */
  readonly files: AwsFiles;
  /** The proxy that the user chose; empty for what the run's environment says. */
  readonly proxy: () => string;
  readonly sentences: (error: AppError, typedAs?: RelayRequest['typedAs']) => string;
  readonly onBug: (error: unknown) => void;
  readonly ask: AskPerson;
  readonly now: () => number;
  readonly limits?: Partial<RelayLimits>;
};

/** What a run is opened with. */
export type NewRun = Omit<RunIdentity, 'run'> & {
  /** The limit of its session, whose calls are none that another session made; left out for none. */
  readonly limit?: string | undefined;
  /** The session that the run is handed; null where it is not there yet. */
  readonly session: HandedOut | null;
  /** The account into which its profile led when it was opened; left out where `session` says it. */
  readonly accountId?: string | undefined;
  readonly meant: Meant;
  /** Whether a person has to type the name of an account before this run may go there. */
  readonly mustBeTyped: (accountId: string) => boolean;
  /** What the run's environment says about the way to STS. */
  readonly env: WayVariables;
  /** Whether equal calls are answered from the first one's answer. */
  readonly repeats: boolean;
  /** Default: as for a terminal, whose programs nobody has checked, so that `exec` is what helps. */
  readonly typedAs?: RelayRequest['typedAs'];
  /** For how long the refusal of a person holds, in milliseconds. Default: to the run's end. */
  readonly refusedForMs?: number;
  /** A person said that the run's folder is for this account; null where nobody may say so. */
  readonly bind: ((accountId: string) => void) | null;
};

/** By what a run is known again after the app was started anew. The digest of its token, SHA-256 in hex, is no secret. */
export type RunPlace = { readonly run: string; readonly port: number; readonly tokenDigest: string };

/**
 * `environment` is for the run alone: whoever has it, and the session, can make the run's calls.
 * `reached` are the accounts that it has come into.
 */
export type OpenRun = RunPlace & { readonly environment: Variables; readonly reached: () => readonly string[]; readonly close: () => Promise<void> };

/** A run that begins, goes on after the app's start, or ends; `open` is how many there are then. */
export type RunChange = { readonly state: 'opened' | 'reopened' | 'closed'; readonly open: number };

type Entry = {
  readonly tokenDigest: Buffer;
  readonly run: RelayRun;
  /** Its name and at most one more word; null for a terminal, which outlives the app. */
  readonly program: string | null;
  /** By which the calls of the next run are foreseen; null where nothing says what runs. */
  readonly command: string | null;
};

/** Of how many commands the calls are remembered. */
const commandsMax = 50;

/** The runs whose calls of STS go through the relay. It listens only while there is one. */
export class RelayRuns {
  readonly #parts: Parts;
  readonly #runs = new Map<string, Entry>();
  readonly #doors = new SerialQueue();
  /** The calls that the last run of a command made, for as long as the app runs. */
  readonly #foreseen = new Map<string, readonly ForeseenCall[]>();
  readonly #events = new Emitter<RelayEvent>();
  readonly #changes = new Emitter<RunChange>();
  readonly #refusals = new Emitter<AppError>();
  #server: RelayServer | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Fails with `relay-not-opened`. */
  open(wanted: NewRun): Promise<Result<OpenRun>> {
    return this.#doors.run(async () => {
      const server = await this.#serving();
      if (!server.ok) return server;
      const { port } = server.value;
      const [run, token] = [randomUUID(), randomBytes(32).toString('base64url')];
      const tokenDigest = digestOf(token);
      const { reached, close, foresee } = this.#enter(run, tokenDigest, wanted);
      this.#changes.emit({ state: 'opened', open: this.openCount });
      foresee();
      const environment = runEnvironment({ run, address: `http://127.0.0.1:${port}/${token}` }, wanted.env);
      return succeeded({ run, port, tokenDigest: tokenDigest.toString('hex'), environment, reached, close });
    });
  }

  /** Opens a run from before the app's start again, at its address. Fails with `relay-not-opened`. */
  reopen({ run, port, tokenDigest }: RunPlace, wanted: NewRun): Promise<Result<Pick<OpenRun, 'close'>>> {
    return this.#doors.run(async () => {
      const server = await this.#serving(port);
      if (!server.ok) return server;
      if (server.value.port !== port) return failed(appError('relay-not-opened', { reason: `port ${port}` }));
      const { close } = this.#enter(run, Buffer.from(tokenDigest, 'hex'), wanted);
      this.#changes.emit({ state: 'reopened', open: this.openCount });
      return succeeded({ close });
    });
  }

  isOpen(run: string): boolean {
    return this.#runs.has(run);
  }

  /** As `RelayRun.admits`; a run that is not open is asked nothing. */
  async admits(run: string, ...asked: Parameters<RelayRun['admits']>): Promise<Result<null>> {
    return (await this.#runs.get(run)?.run.admits(...asked)) ?? succeeded(null);
  }

  /** As `RelayRun.refusal`. */
  refusal(run: string, ...asked: Parameters<RelayRun['refusal']>): AppError | null {
    return this.#runs.get(run)?.run.refusal(...asked) ?? null;
  }

  /** What runs do from now on. Returns the way to stop listening. */
  onEvent(listener: (event: RelayEvent) => void): () => void {
    return this.#events.on(listener);
  }

  /** What begins and ends, and each call that is refused. Returns the way to stop listening. */
  onRuns({ changed, refused }: { readonly changed: (change: RunChange) => void; readonly refused: (error: AppError) => void }): () => void {
    const [offChanges, offRefusals] = [this.#changes.on(changed), this.#refusals.on(refused)];
    return () => {
      offChanges();
      offRefusals();
    };
  }

  /** How many runs there are now. The relay listens while there is one. */
  get openCount(): number {
    return this.#runs.size;
  }

  /** The programs of the runs there are now, but for terminals. */
  get openPrograms(): readonly string[] {
    return [...this.#runs.values()].flatMap(({ program }) => program ?? []);
  }

  /** The app hands out a session: a run that is going on may be renewing its own. */
  handedOut(session: HandedOut): void {
    for (const { run } of this.#runs.values()) run.handedOut(session);
  }

  async dispose(): Promise<void> {
    for (const run of this.#runs.keys()) await this.#close(run);
  }

  #enter(run: string, tokenDigest: Buffer, wanted: NewRun): Pick<OpenRun, 'reached' | 'close'> & { readonly foresee: () => void } {
    const entry = { tokenDigest, run: this.#run(run, wanted), program: wanted.program, command: commandOf(wanted) };
    if (wanted.accountId !== undefined) entry.run.pin(wanted.profile, wanted.accountId);
    if (wanted.session !== null) entry.run.handedOut(wanted.session);
    this.#runs.set(run, entry);
    const foresee = (): void => void entry.run.foresee(this.#foreseen.get(entry.command ?? '') ?? []).catch(this.#parts.onBug);
    return { reached: () => entry.run.reached, close: () => this.#close(run), foresee };
  }

  #close(run: string): Promise<void> {
    const entry = this.#runs.get(run);
    if (entry !== undefined) this.#remember(entry);
    entry?.run.dispose();
    if (this.#runs.delete(run)) this.#changes.emit({ state: 'closed', open: this.openCount });
    return this.#doors.run(async () => {
      if (this.#runs.size > 0) return;
      await this.#server?.dispose();
      this.#server = null;
    });
  }

  #remember({ command, run: { calls } }: Entry): void {
    if (command === null || calls.length === 0) return;
    this.#foreseen.delete(command);
    this.#foreseen.set(command, calls);
    const [oldest] = this.#foreseen.keys();
    if (this.#foreseen.size > commandsMax && oldest !== undefined) this.#foreseen.delete(oldest);
  }

  async #serving(port = 0): Promise<Result<RelayServer>> {
    if (this.#server !== null) return succeeded(this.#server);
    const { sentences, onBug, limits } = this.#parts;
    const opened = await openRelayServer({
      port,
      answer: (incoming, signal) => this.#answer(incoming, signal),
      sentences,
      onBug,
      ...(limits === undefined ? {} : { limits }),
    });
    if (opened.ok) this.#server = opened.value;
    return opened;
  }

  async #answer({ token, request }: Incoming, signal: AbortSignal): Promise<RelayAnswer> {
    const given = digestOf(token);
    const entry = [...this.#runs.values()].find(({ tokenDigest }) => timingSafeEqual(tokenDigest, given));
    if (entry === undefined) {
      const over = appError('relay-run-over');
      this.#refusals.emit(over);
      return refusalOf(over, this.#parts.sentences, request.headers['content-type']);
    }
    return entry.run.answer(request, signal);
  }

  #run(run: string, wanted: NewRun): RelayRun {
    const { profile, program, folder, meant, mustBeTyped, env, repeats, refusedForMs = Infinity, typedAs, bind } = wanted;
    const { ask, now } = this.#parts;
    const sentences = (error: AppError): string => this.#parts.sentences(error, typedAs);
    const way = lateOnce(
      async () => new (await import('../../aws/relay/way-to-sts.ts')).WayToSts({ profile, files: this.#parts.files, env }, this.#parts.proxy),
    );
    const identity = { run, profile, program, folder };
    const record = (event: RelayEvent): void => this.#events.emit(event);
    const onRefusal = (error: AppError): void => this.#refusals.emit(error);
    const send = (call: PassedCall, region: string | null): ReturnType<WayToSts['send']> => way().then((one) => one.send(call, region));
    return new RelayRun({ identity, meant, mustBeTyped, repeats, refusedForMs, sentences, ask, bind, send, record, onRefusal, now });
  }
}

function commandOf({ profile, limit, program, folder }: NewRun): string | null {
  return program === null || folder === null ? null : JSON.stringify([profile, limit, folder, program]);
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
