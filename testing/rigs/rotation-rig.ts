import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateAccessKeyCommand, DeleteAccessKeyCommand, ListAccessKeysCommand, UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { vi, type TestContext } from 'vitest';
import { startLocalAws, type LocalAws } from '../aws/local-aws.ts';
import { iamClient, stsClient } from '../aws/clients/sdk-session.ts';
import type { AppError, Result } from '../../src-main/contract/app-error.ts';
import type { AccessKeys } from '../../src-main/contract/sheet.ts';
import type { AccessKey } from '../../src-main/core/credentials.ts';
import type { testCipher } from '../samples/test-cipher.ts';
import { leaksIn } from '../secrets/leaks.ts';
import { BrokerRig } from './broker-rig.ts';
import { eventually } from '../processes/eventually.ts';

export const user = { by: 'user' } as const;

type Where = 'files' | 'keychain';
export type RigOptions = { readonly kept?: Where; readonly cipher?: ReturnType<typeof testCipher>; readonly more?: string };

/** For `beforeAll`. Each test has an AWS of its own, which its config file names, so that tests can run side by side. */
export function stubEnvironment(): void {
  vi.stubEnv('AWS_ENDPOINT_URL', undefined);
  vi.stubEnv('AWS_REGION', 'us-east-1');
}

/** Alice with one access key, used by `default` and `other`, and with a session of `default`. */
export class RotationRig {
  readonly aws: LocalAws;
  app: BrokerRig;
  readonly old: AccessKey;

  private constructor(aws: LocalAws, app: BrokerRig) {
    this.aws = aws;
    this.app = app;
    this.old = { accessKeyId: aws.alice.accessKeyId, secretAccessKey: aws.alice.secretAccessKey };
  }

  static async start({ onTestFinished }: TestContext, { kept = 'files', cipher, more = '' }: RigOptions = {}): Promise<RotationRig> {
    const aws = await startLocalAws({ accessKeyAgeDays: 100 });
    const endpoint = `endpoint_url = ${aws.endpoint}\n`;
    const role = `[profile deploy]\nrole_arn = ${aws.accounts.b.deployRoleArn}\nsource_profile = default\n${endpoint}`;
    const app = await BrokerRig.start(aws, {
      config: `# mine\n[default]\n${endpoint}[profile other]\n${endpoint}${role}${more}`,
      ...(cipher === undefined ? {} : { cipher }),
    });
    const rig = new RotationRig(aws, app);
    onTestFinished(async () => {
      await rig.app.close();
      await aws.close();
    });
    if (kept === 'keychain') await app.broker.profileChanges.moveAccessKey({ profile: 'default', to: 'keychain' });
    await rig.startSession();
    return rig;
  }

  async startSession(): Promise<void> {
    await this.app.startSession();
    // Waits for the key's age, so that this background call does not use up a test's fault.
    while (this.settings.accessKeyDates['default'] === undefined) await sleep(5);
  }

  get settings() {
    return this.app.store.state.settings;
  }

  get rotation() {
    return this.settings.rotations['default'];
  }

  /** Rotates the key, and answers the prompt when the session was lost. */
  async rotate(profile = 'default'): Promise<Result<AccessKeys>> {
    return this.#answering(this.app.broker.keyRotations.rotate(profile, user));
  }

  async deleteOld(profile = 'default'): Promise<Result<AccessKeys>> {
    return this.#answering(this.app.broker.keyRotations.deleteOld(profile, user));
  }

  async restart(): Promise<void> {
    this.app = await this.app.restarted();
  }

  /** The key that a program finds where the profile's key is saved. */
  async kept(profile = 'default'): Promise<AccessKey> {
    const text = await readFile(this.app.store.state.files.credentials, 'utf8');
    const [, accessKeyId, secretAccessKey] = new RegExp(`\\[${profile}\\]\\naws_access_key_id = (\\S+)\\naws_secret_access_key = (\\S+)\\n`).exec(text) ?? [];
    if (accessKeyId !== undefined && secretAccessKey !== undefined) return { accessKeyId, secretAccessKey };
    throw new Error(`${profile} has no key in the files`);
  }

  works(key: AccessKey): Promise<boolean> {
    return stsClient(this.aws, key)
      .send(new GetCallerIdentityCommand({}))
      .then(
        () => true,
        () => false,
      );
  }

  async keys(): Promise<readonly { readonly id: string; readonly active: boolean }[]> {
    // Asked with the session where there is one, so that asking does not use a key.
    const session = this.app.credentials() ?? (await this.kept());
    const { AccessKeyMetadata: keys = [] } = await iamClient(this.aws, session).send(new ListAccessKeysCommand({ UserName: 'alice' }));
    return keys.map(({ AccessKeyId, Status }) => ({ id: AccessKeyId ?? '', active: Status === 'Active' }));
  }

  /** Does what somebody at the IAM console does. */
  async console(act: 'create'): Promise<AccessKey>;
  async console(act: 'delete' | 'Active' | 'Inactive', accessKeyId: string): Promise<null>;
  async console(act: 'create' | 'delete' | 'Active' | 'Inactive', AccessKeyId?: string): Promise<AccessKey | null> {
    const iam = iamClient(this.aws, this.app.credentials() ?? (await this.kept()));
    const UserName = 'alice';
    if (act === 'delete') await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    else if (act !== 'create') await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: act }));
    if (act !== 'create') return null;
    const { AccessKey: made } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    return { accessKeyId: made?.AccessKeyId ?? '', secretAccessKey: made?.SecretAccessKey ?? '' };
  }

  async writeKey(key: AccessKey, ...profiles: readonly string[]): Promise<void> {
    const entry = (name: string) => `[${name}]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n`;
    await writeFile(this.app.store.state.files.credentials, profiles.map(entry).join(''));
    await this.app.broker.loadConfig();
  }

  /** What was done with which key: `old` for the first one, `new` for every other. */
  async ledger(): Promise<readonly string[]> {
    const text = await eventually(() => readFile(`${this.app.store.state.desktop.dataFolder}/ledger.jsonl`, 'utf8'));
    const entries = text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { event: string; accessKeyId: string; change: string });
    return entries
      .filter(({ event }) => event === 'access-key')
      .map(({ accessKeyId, change }) => `${accessKeyId === this.old.accessKeyId ? 'old' : 'new'} ${change}`);
  }

  /** Whether the keys that the profiles have work. */
  async isSafe(): Promise<boolean> {
    const kept = [await this.kept(), await this.kept('other')];
    const keys = [...new Map(kept.map((key) => [JSON.stringify(key), key])).values()];
    return (await Promise.all(keys.map((key) => this.works(key)))).every(Boolean);
  }

  /** The state after a rotation, to compare with `rotated`. */
  async outcome(done: Result<AccessKeys>): Promise<typeof rotated | Record<string, unknown>> {
    const key = await this.kept();
    const other = await this.kept('other');
    return {
      error: done.ok ? null : done.error.code,
      rotation: done.ok ? done.value.rotation?.done : null,
      isSameInAll: key.accessKeyId === other.accessKeyId && key.secretAccessKey === other.secretAccessKey,
      works: { kept: await this.works(key), old: await this.works(this.old) },
      keys: (await this.keys()).map(({ id, active }) => [id === this.old.accessKeyId ? 'old' : id === key.accessKeyId ? 'kept' : 'another', active]),
      hasSession: this.app.credentials() !== null,
      leaks: await this.leaks(done),
    };
  }

  /** Secrets in what the app shows, saves or answers, and files that should not be there. */
  async leaks(...outcomes: readonly unknown[]): Promise<readonly string[]> {
    const { files, desktop } = this.app.store.state;
    const ledger = await readFile(`${desktop.dataFolder}/ledger.jsonl`, 'utf8');
    const vault = await readFile(`${desktop.dataFolder}/vault/new-access-keys`, 'utf8').catch(() => '');
    const told = [JSON.stringify(this.app.store.state), ledger, vault, JSON.stringify(outcomes)].join('\n');
    const backups = [files.credentials, files.config].map((file) => `${file}.sts-tray-backup`).filter((file) => existsSync(file));
    return [...leaksIn('state, ledger, vault or answer', told, this.aws.secrets()).map(({ where, secret }) => `secret ${secret} in ${where}`), ...backups];
  }

  async #answering<T>(outcome: Promise<T>): Promise<T> {
    const wait = { isOver: false };
    void outcome.finally(() => (wait.isOver = true));
    while (!wait.isOver && this.app.credentials() === null) {
      if (this.app.store.state.prompt?.step.kind === 'enter-code') await this.app.submit(await this.aws.nextTotpCode());
      else await sleep(20);
    }
    return outcome;
  }
}

export const errorOf = (outcome: Result<unknown>): AppError | null => (outcome.ok ? null : outcome.error);

/** Only the new key is active, all profiles have it, the session lives, and no secret is in the clear. */
export const rotated = {
  error: null,
  rotation: 'deactivated',
  isSameInAll: true,
  works: { kept: true, old: false },
  keys: [
    ['old', false],
    ['kept', true],
  ],
  hasSession: true,
  leaks: [],
};

type CallFault = 'failed' | 'dropped' | 'answer-dropped' | 'throttled' | 'withheld';

/** What can happen to a call, and the error that is then reported. */
export const callFaults: Readonly<Record<string, { readonly kind: CallFault; readonly error: (action: string) => Partial<AppError> }>> = {
  'fails before the effect': { kind: 'failed', error: () => ({ code: 'service-failed' }) },
  'is cut off before the effect': { kind: 'dropped', error: () => ({ code: 'network-unreachable' }) },
  'is cut off after the effect': { kind: 'answer-dropped', error: () => ({ code: 'network-unreachable' }) },
  'is throttled': { kind: 'throttled', error: () => ({ code: 'throttled' }) },
  'is not allowed': { kind: 'withheld', error: (action) => ({ code: 'permission-denied', params: { action } }) },
};

export function breakStep(rig: RotationRig, { action, kind }: { readonly action: string; readonly kind: CallFault }): void {
  if (kind === 'withheld') rig.aws.alice.withhold(action);
  else rig.aws.faults.set(action, { kind });
}

export function mendStep(rig: RotationRig): void {
  rig.aws.alice.withhold();
  rig.aws.faults.clear();
}
