import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, vi } from 'vitest';
import { startLocalAws, type LocalAws } from '../aws/local-aws.ts';
import { within } from '../processes/deadline.ts';
import type { AppError } from '../../src-main/contract/app-error.ts';
import { Settings } from '../../src-main/contract/settings.ts';
import type { MfaPrompt, Profile, UiState } from '../../src-main/contract/ui-state.ts';
import type { SessionCredentials } from '../../src-main/core/credentials.ts';
import { planRun } from '../../src-main/core/terraform/runs/run.ts';
import { readProject } from '../../src-main/terraform/read-project.ts';
import { appError, failed, succeeded } from '../../src-main/core/errors.ts';
import type { Cipher } from '../../src-main/core/cipher.ts';
import { createBroker, type Broker } from '../../src-main/broker/broker.ts';
import type { TerminalLaunch } from '../../src-main/broker/hand-offs/hand-offs.ts';
import type { CallingProgram } from '../../src-main/broker/local-api/callers.ts';
import type { RequestingProgram } from '../../src-main/broker/prompts/waiting-programs.ts';
import { openBrowserReturn } from '../../src-main/platform/programs/browser-return.ts';
import { executableOf } from '../../src-main/platform/programs/executable.ts';
import { connectedProcesses, descendsFrom } from '../../src-main/platform/programs/socket-peer.ts';
import { isExecutable } from '../../src-main/platform/terminals/terminal-world.ts';
import { UserCommands } from '../../src-main/platform/user-commands/user-commands.ts';
import type { UiStateStore } from '../../src-main/broker/state/ui-state-store.ts';
import { shippedTexts } from '../texts/shipped-texts.ts';

type Step = MfaPrompt['step'];

/** What stays when the app restarts: its folder, the AWS files in it, its settings and the keychain. */
type Remains = {
  readonly folder: string;
  readonly cipher: Cipher;
  settings: Settings;
  readonly hasTerminal: boolean;
  /** What terminals hold open, and who hears of their ends. */
  readonly openFifos: Map<string, () => void>;
};

export type BrokerOptions = {
  /** The config file's text; empty by default. */
  readonly config?: string;
  /** The access key of `default` and `other`; by default alice's. */
  readonly accessKeyId?: string;
  readonly secret?: string;
  /** By default there is no keychain. */
  readonly cipher?: Cipher;
  /** By default no terminal is installed. */
  readonly hasTerminal?: boolean;
};

/** A program that waits for a session, and about which nothing is known. */
export function unknownProgram(): RequestingProgram {
  return { by: 'program', program: async () => null, signal: new AbortController().signal, waitMs: 20_000 };
}

/** How long a test waits for the broker, in milliseconds: enough for a busy machine, but no longer than a test may take. */
const patienceMs = 10_000;

const noKeychain = appError('keychain-missing');
const withoutKeychain: Cipher = {
  state: async () => ({ kind: 'unavailable', error: noKeychain }),
  encrypt: async () => failed(noKeychain),
  decrypt: async () => failed(noKeychain),
};

/** The real broker on the real SDK, against a local AWS over HTTP. */
export class BrokerRig {
  readonly store: UiStateStore;
  readonly broker: Broker;
  readonly sessions: Broker['sessions'];
  readonly aws: LocalAws;
  /** How far the broker's clock is ahead, in milliseconds. */
  ahead = 0;
  /** The addresses that were opened in a browser. */
  readonly signIns: string[] = [];
  readonly bugs: unknown[] = [];
  /** Runs that are watched: each is told its end. */
  readonly watched: ((seconds: number | null) => void)[] = [];
  /** What a run or a terminal holds open; null where nothing can be made. */
  fifo: string | null = '/run/a FIFO';
  /** What a start said about the terminals from before it. */
  lost: AppError | null = null;
  /** The terminals that were opened. */
  readonly terminals: TerminalLaunch[] = [];
  /** Who a process is. */
  program: (pid: number) => Promise<CallingProgram | null> = async (pid) => ({ pid, command: 'terraform plan', folder: '/home/alice/network' });
  /** How often the kernel was asked who is connected. */
  looks = 0;
  /** Resolves when a login has told its PATH, which commands of the user's wait for. */
  loginPath = Promise.resolve();
  /** Whether a person confirms at once what programs ask for. */
  confirms = false;
  /** How often the prompt's window was brought to the front. */
  raised = 0;
  /** Resolves once the prompt's window is on the screen. */
  promptOnScreen: Promise<void> = Promise.resolve();

  /** The app that was started after this one ended. */
  #next: BrokerRig | null = null;
  readonly #quit = new AbortController();
  readonly #remains: Remains;

  private constructor(aws: LocalAws, remains: Remains) {
    this.aws = aws;
    this.#remains = remains;
    const { folder } = remains;
    const files = { config: join(folder, 'config'), credentials: join(folder, 'credentials') };
    const commands = new UserCommands({
      platform: process.platform,
      // Of no shell, so that no test depends on what this user's starts with.
      env: { ...process.env, PATH: `${this.programs}:${process.env['PATH'] ?? ''}`, SHELL: '/nonexistent' },
      spawn,
      isExecutable,
      signal: this.#quit.signal,
      now: Date.now,
    });
    this.broker = createBroker({
      awsFiles: (chosen) => ({
        get config() {
          return chosen().config ?? files.config;
        },
        get credentials() {
          return chosen().credentials ?? files.credentials;
        },
      }),
      dataFolder: join(folder, 'data'),
      home: folder,
      platform: 'linux',
      unofficialRuntime: null,
      versions: { app: '0.1.0', electron: '45.4.1' },
      env: { AWS_ENDPOINT_URL: aws.endpoint },
      settings: {
        read: () => ({ settings: remains.settings, problem: null }),
        write: async (settings) => {
          remains.settings = Settings.parse(JSON.parse(JSON.stringify(settings)));
          return succeeded(null);
        },
      },
      systemLanguages: [],
      texts: shippedTexts,
      cipher: remains.cipher,
      commandLine: ['/opt/sts-tray/bin/sts-tray'],
      targets: {
        copySecret: async () => {},
        openTerminal: async (_, launch) => {
          if (!remains.hasTerminal) return failed(appError('terminal-none'));
          this.terminals.push(launch);
          return succeeded({ id: 'xterm', label: 'xterm' });
        },
        openSignIn: async (url) => {
          this.signIns.push(url);
          return succeeded(null);
        },
      },
      callingProgram: (pid) => this.program(pid),
      connectedProcesses: (inode) => {
        this.looks += 1;
        return connectedProcesses(inode);
      },
      descendsFrom: (pid, ancestor) => descendsFrom(pid, ancestor),
      executableOf,
      readProject: (project) => readProject({ run: planRun({ args: [], env: {}, cwd: project }), env: {} }),
      runCommand: async (...command) => this.loginPath.then(() => commands.run(...command)),
      watchRun: async (onEnd) => {
        this.watched.push(onEnd);
        return this.fifo;
      },
      watchTerminal: async (known, onEnd) => {
        if (known !== null && !remains.openFifos.has(known)) return null;
        const fifo = known ?? (this.fifo === null ? null : `${this.fifo} ${randomUUID()}`);
        if (fifo === null) return null;
        remains.openFifos.set(fifo, onEnd);
        return fifo;
      },
      onBug: (error) => this.bugs.push(error),
      promptWindow: { raise: () => (this.raised += 1), onScreen: () => this.promptOnScreen },
      raiseQuestion: () => {},
      raiseSignIn: () => {},
      openBrowserReturn: (language) => openBrowserReturn(() => ({ language, title: '', body: '' })),
      now: () => Date.now() + this.ahead,
    });
    this.store = this.broker.store;
    this.sessions = this.broker.sessions;
    this.store.subscribe(({ question }) => {
      if (this.confirms && question?.kind === 'action') this.broker.commands.answerQuestion({ questionId: question.questionId, permission: 'confirm' });
    });
  }

  /** Starts with the profiles `default` and `other` in the credentials file. */
  static async start(aws: LocalAws, options: BrokerOptions = {}): Promise<BrokerRig> {
    const { config = '', accessKeyId = aws.alice.accessKeyId, secret = aws.alice.secretAccessKey, cipher = withoutKeychain, hasTerminal = false } = options;
    const folder = await mkdtemp(join(tmpdir(), 'broker-'));
    const key = (name: string) => `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secret}\n`;
    const rig = new BrokerRig(aws, { folder, cipher, settings: Settings.parse({}), hasTerminal, openFifos: new Map() });
    const { files } = rig.store.state;
    await writeFile(files.credentials, key('default') + key('other'), { mode: 0o600 });
    await writeFile(files.config, config);
    await rig.broker.loadConfig();
    return rig;
  }

  /** Ends the app and starts it again: what was in memory is gone. */
  async restarted(): Promise<BrokerRig> {
    await this.broker.dispose();
    const rig = new BrokerRig(this.aws, this.#remains);
    rig.ahead = this.ahead;
    await rig.broker.loadConfig();
    await rig.broker.heldSignIns.restore();
    await rig.broker.held.restore();
    rig.lost = await rig.broker.terminalRuns.restore();
    this.#next = rig;
    return rig;
  }

  /** The terminal that was opened last is closed: nothing of it runs any more. */
  closeTerminal(): void {
    const fifo = this.terminals.at(-1)?.runFifo ?? '';
    const onEnd = this.#remains.openFifos.get(fifo);
    this.#remains.openFifos.delete(fifo);
    onEnd?.();
  }

  async close(): Promise<void> {
    this.#quit.abort();
    await this.broker.dispose();
    if (this.#next !== null) return this.#next.close();
    // A last write that nobody waits for, such as that of the settings, may come a moment after the end.
    await rm(join(this.store.state.files.config, '..'), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  /** The first folder in which commands of the user's are looked for. */
  get programs(): string {
    return join(this.#remains.folder, 'bin');
  }

  /** Puts a script of `sh` into it. */
  async addProgram(name: string, lines: readonly string[]): Promise<void> {
    await mkdir(this.programs, { recursive: true });
    await writeFile(join(this.programs, name), ['#!/bin/sh', ...lines, ''].join('\n'), { mode: 0o755 });
  }

  profile(name = 'default'): Profile {
    const found = this.store.state.profiles.find((entry) => entry.name === name);
    if (found === undefined) throw new Error(`no profile ${name}`);
    return found;
  }

  /** The credentials that would be handed out now. */
  credentials(name = 'default'): SessionCredentials | null {
    return this.broker.held.find(name)?.credentials ?? null;
  }

  get promptId(): string {
    return this.store.state.prompt?.promptId ?? 'none';
  }

  /** Waits until the app shows what `find` looks for, and returns it; `what` names it. */
  async shows<T>(what: string, find: (state: UiState) => T | undefined): Promise<T> {
    let unsubscribe = (): void => {};
    const found = new Promise<T>((resolve) => {
      const look = (state: UiState): void => {
        const wanted = find(state);
        if (wanted !== undefined) resolve(wanted);
      };
      unsubscribe = this.store.subscribe(look);
      look(this.store.state);
    });
    const shown = (): string => JSON.stringify({ prompt: this.store.state.prompt, notice: this.store.state.notice });
    return within(patienceMs, () => `the app did not show ${what}, but ${shown()}`, found).finally(unsubscribe);
  }

  /** Waits until the prompt is at a step of this kind, and returns that step. */
  step<K extends Step['kind']>(kind: K): Promise<Extract<Step, { kind: K }>> {
    const isWanted = (step: Step): step is Extract<Step, { kind: K }> => step.kind === kind;
    return this.shows(`the prompt at ${kind}`, ({ prompt }) => (prompt !== null && isWanted(prompt.step) ? prompt.step : undefined));
  }

  async openPrompt(name = 'default'): Promise<void> {
    this.sessions.requestSession({ profile: name });
    await this.step('enter-code');
  }

  async submit(code: string): Promise<void> {
    await this.sessions.submitMfa({ promptId: this.promptId, code });
  }

  /** Waits for the prompt, and gives it a code that works. */
  async answerPrompt(): Promise<void> {
    await this.step('enter-code');
    await this.submit(await this.aws.nextTotpCode());
  }

  cancelPrompt(): void {
    this.sessions.cancelPrompt({ promptId: this.promptId });
  }

  async startSession(name = 'default'): Promise<void> {
    this.sessions.requestSession({ profile: name });
    await this.answerPrompt();
  }

  /** Why the last code was refused. */
  async refusal(): Promise<unknown> {
    return (await this.step('enter-code')).refused;
  }
}

/** The local AWS of a test file, set up so that the SDK finds it. */
export async function startAws(): Promise<LocalAws> {
  const aws = await startLocalAws();
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) vi.stubEnv(name, undefined);
  return aws;
}

/** Restores it for the next test. */
function resetAws(aws: LocalAws): void {
  aws.alice.deny();
  aws.alice.withhold();
  aws.denyRole(aws.accounts.b.deployRoleArn);
  aws.sessionLifetimeOverrideSeconds = null;
  aws.faults.clear();
  aws.forgetUsedCodes();
}

/**
 * `it` with `aws`, a local AWS for all tests of the file, and `rig`, a broker for each test. A test that
 * needs other files than the rest starts its own broker, with `startRig` in place of `rig`.
 */
export function withBroker(optionsFor: (aws: LocalAws) => BrokerOptions = () => ({})) {
  return test
    .extend('aws', { scope: 'file' }, async ({}, { onCleanup }) => {
      const aws = await startAws();
      onCleanup(async () => {
        vi.unstubAllEnvs();
        await aws.close();
      });
      return aws;
    })
    .extend('startRig', async ({ aws }, { onCleanup }) => {
      const started: BrokerRig[] = [];
      resetAws(aws);
      onCleanup(async () => void (await Promise.all(started.map((rig) => rig.close()))));
      return async (options: BrokerOptions): Promise<BrokerRig> => {
        const rig = await BrokerRig.start(aws, options);
        started.push(rig);
        return rig;
      };
    })
    .extend('rig', ({ aws, startRig }) => startRig(optionsFor(aws)));
}
