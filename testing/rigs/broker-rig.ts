import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { startLocalAws, type LocalAws } from '../aws/local-aws.ts';
import { Settings } from '../../src-main/contract/settings.ts';
import type { MfaPrompt, Profile } from '../../src-main/contract/ui-state.ts';
import type { SessionCredentials } from '../../src-main/core/credentials.ts';
import { planRun } from '../../src-main/core/terraform/runs/run.ts';
import { readProject } from '../../src-main/terraform/read-project.ts';
import { appError, failed, succeeded } from '../../src-main/core/errors.ts';
import type { Cipher } from '../../src-main/core/cipher.ts';
import { createBroker, type Broker } from '../../src-main/broker/broker.ts';
import type { UiStateStore } from '../../src-main/broker/state/ui-state-store.ts';

type Step = MfaPrompt['step'];

/** What a restart of the app leaves: its folder, the AWS files in it, its settings and the keychain. */
type Remains = {
  readonly folder: string;
  readonly cipher: Cipher;
  settings: Settings;
};

const noKeychain = appError('keychain-missing');
const withoutKeychain: Cipher = {
  state: async () => ({ kind: 'unavailable', error: noKeychain }),
  encrypt: async () => failed(noKeychain),
  decrypt: async () => failed(noKeychain),
};

/** The real broker on the real SDK, against the local AWS of the e2e tests over HTTP. */
export class BrokerBench {
  readonly store: UiStateStore;
  readonly broker: Broker;
  readonly sessions: Broker['sessions'];
  readonly aws: LocalAws;
  /** How far the broker's clock is ahead, in milliseconds. */
  ahead = 0;
  /** The addresses that a browser was given. */
  readonly signIns: string[] = [];
  /** How often the prompt's window was brought to the front. */
  raised = 0;

  readonly #remains: Remains;

  private constructor(aws: LocalAws, remains: Remains) {
    this.aws = aws;
    this.#remains = remains;
    const { folder } = remains;
    const files = { config: join(folder, 'config'), credentials: join(folder, 'credentials') };
    this.broker = createBroker({
      files,
      dataFolder: join(folder, 'data'),
      home: folder,
      platform: 'linux',
      env: {},
      settings: {
        read: () => remains.settings,
        write: async (settings) => {
          remains.settings = Settings.parse(JSON.parse(JSON.stringify(settings)));
          return succeeded(null);
        },
      },
      systemLanguages: [],
      cipher: remains.cipher,
      commandLine: ['/opt/sts-tray/bin/sts-tray'],
      targets: {
        copySecret: async () => {},
        openTerminal: async () => failed(appError('terminal-none')),
        openSignIn: async (url) => {
          this.signIns.push(url);
          return succeeded(null);
        },
      },
      callingProgram: async (pid) => ({ pid, command: 'terraform plan', folder: '/home/alice/network' }),
      readProject: (project) => readProject({ run: planRun({ args: [], env: {}, cwd: project }), env: {} }),
      watchRun: async () => null,
      raisePrompt: () => (this.raised += 1),
      now: () => Date.now() + this.ahead,
    });
    this.store = this.broker.store;
    this.sessions = this.broker.sessions;
  }

  /** Profiles `default` and `other` with a key, by default alice's; `config` is the config file. */
  static async start(
    aws: LocalAws,
    { config = '', accessKeyId = aws.alice.accessKeyId, secret = aws.alice.secretAccessKey, cipher = withoutKeychain } = {},
  ): Promise<BrokerBench> {
    const folder = await mkdtemp(join(tmpdir(), 'broker-'));
    const key = (name: string) => `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secret}\n`;
    const bench = new BrokerBench(aws, { folder, cipher, settings: Settings.parse({}) });
    const { files } = bench.store.state;
    await writeFile(files.credentials, key('default') + key('other'));
    await writeFile(files.config, config);
    await bench.broker.loadConfig();
    return bench;
  }

  /** The app ends, and starts again: what was in memory is gone. */
  async restarted(): Promise<BrokerBench> {
    await this.broker.dispose();
    const bench = new BrokerBench(this.aws, this.#remains);
    bench.ahead = this.ahead;
    await bench.broker.loadConfig();
    await bench.broker.held.restore();
    return bench;
  }

  async close(): Promise<void> {
    await this.broker.dispose();
    await rm(join(this.store.state.files.config, '..'), { recursive: true });
  }

  profile(name = 'default'): Profile {
    const found = this.store.state.profiles.find((entry) => entry.name === name);
    if (found === undefined) throw new Error(`no profile ${name}`);
    return found;
  }

  /** What would be handed out now. */
  credentials(name = 'default'): SessionCredentials | null {
    return this.broker.held.find(name)?.credentials ?? null;
  }

  get promptId(): string {
    return this.store.state.prompt?.promptId ?? 'none';
  }

  /** Waits until the prompt is at a step of the kind, and returns that step. */
  step<K extends Step['kind']>(kind: K): Promise<Extract<Step, { kind: K }>> {
    return vi.waitFor(
      () => {
        const current = this.store.state.prompt?.step;
        if (current?.kind !== kind) throw new Error(`the prompt is at ${current?.kind ?? 'no step'}, not at ${kind}`);
        return current as Extract<Step, { kind: K }>;
      },
      { timeout: 5000 },
    );
  }

  async openPrompt(name = 'default'): Promise<void> {
    this.sessions.requestSession({ profile: name });
    await this.step('enter-code');
  }

  async submit(code: string): Promise<void> {
    await this.sessions.submitMfa({ promptId: this.promptId, code });
  }

  async startSession(name = 'default'): Promise<void> {
    await this.openPrompt(name);
    await this.submit(await this.aws.nextTotpCode());
  }

  /** Why the last code was refused. */
  async refusal(): Promise<unknown> {
    return (await this.step('enter-code')).refused;
  }
}

/** The local AWS of a test file, for the SDK to find. */
export async function startAws(): Promise<LocalAws> {
  const aws = await startLocalAws({ moto: 'never' });
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
  return aws;
}

/** Puts it back as it was for the next test. */
export function resetAws(aws: LocalAws): void {
  aws.alice.deny();
  aws.faults.clear();
  aws.forgetUsedCodes();
}
