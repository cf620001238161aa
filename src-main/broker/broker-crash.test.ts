import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, watch } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ListAccessKeysCommand, ListUserPoliciesCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ClientCredentials } from '../../testing/aws/clients/client-env.ts';
import { iamClient, stsClient } from '../../testing/aws/clients/sdk-session.ts';
import { startLocalAws, type LocalAws } from '../../testing/aws/local-aws.ts';
import { bundledProgram, type BundledProgram } from '../../testing/processes/bundled-program.ts';
import { startLastingBroker } from '../../testing/rigs/lasting-broker.ts';
import { works, type Work } from '../../testing/samples/app-works.ts';
import type { Task } from '../../testing/rigs/restless-app.ts';
import { testCipher } from '../../testing/samples/test-cipher.ts';
import { issueStepMs } from '../core/revocation/revocation.ts';
import { timesOf, tried } from '../../testing/trust/times.ts';
import { AccessKeyVault } from '../vault/access-key-vault.ts';
import type { Broker } from './broker.ts';

let app: BundledProgram;

beforeAll(async () => {
  app = await bundledProgram('testing/rigs/restless-app.ts');
  for (const name of Object.keys(process.env)) if (/^AWS_|_proxy$/i.test(name)) vi.stubEnv(name, undefined);
  // The store of the settings loads Electron's package, which outside of Electron only says where its program is.
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', '/nowhere');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await app.remove();
});

/**
 * How long each work takes, about, how many calls of AWS it makes, and how many changes of files and folders it is seen
 * to make: kills come at any moment of it.
 */
const lasts = {
  renewing: { milliseconds: 500, calls: 3, changes: 20 },
  rotating: { milliseconds: 1500, calls: 14, changes: 60 },
  moving: { milliseconds: 1500, calls: 1, changes: 60 },
  revoking: { milliseconds: 2500, calls: 6, changes: 40 },
} as const satisfies Record<Work, object>;

type Moment = { readonly milliseconds: number } | { readonly calls: number } | { readonly changes: number };

/**
 * When the kills of a work come: once right after each of its calls of AWS, where there are kills enough, and else at any
 * moment and in the middle of a write, which is over too soon for most others.
 */
function momentsOf(work: Work, kills: number): readonly Moment[] {
  const { milliseconds, calls, changes } = lasts[work];
  const afterCalls = Array.from({ length: calls }, (_, index) => ({ calls: index + 1 }));
  const others = Array.from({ length: Math.max(kills - calls, calls) }, (_, index) =>
    index % 2 === 0 ? { changes: 1 + Math.floor(Math.random() * changes) } : { milliseconds: Math.random() * milliseconds },
  );
  if (kills < calls) return shuffled([...afterCalls, ...others]).slice(0, kills);
  return shuffled([...afterCalls, ...others.slice(0, kills - calls)]);
}

function shuffled<T>(items: readonly T[]): readonly T[] {
  const ordered = items.map((item) => [Math.random(), item] as const).toSorted(([first], [second]) => first - second);
  return ordered.map(([, item]) => item);
}

const mine = '# mine\n[other]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = invented\n';

/** A user's computer, on which the app is killed again and again. */
class Machine {
  readonly aws: LocalAws;
  readonly folder: string;
  readonly cipher = testCipher();
  readonly bugs: unknown[] = [];

  private constructor(aws: LocalAws, folder: string) {
    this.aws = aws;
    this.folder = folder;
  }

  static async make(): Promise<Machine> {
    const aws = await startLocalAws();
    const machine = new Machine(aws, await mkdtemp(join(tmpdir(), 'crash-')));
    const { accessKeyId, secretAccessKey } = aws.alice;
    await writeFile(machine.config, `# config\n[default]\nregion = us-east-1\nendpoint_url = ${aws.endpoint}\n`);
    await writeFile(machine.credentials, `${mine}[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`, { mode: 0o600 });
    return machine;
  }

  get config(): string {
    return join(this.folder, 'config');
  }

  get credentials(): string {
    return join(this.folder, 'credentials');
  }

  /** Works with the app as its next start finds everything, and ends it as a user does. */
  async started<T>(use: (broker: Broker) => Promise<T>): Promise<T> {
    this.aws.forgetUsedCodes();
    const { folder, cipher, aws, bugs } = this;
    const broker = await startLastingBroker({ folder, cipher, endpoint: aws.endpoint, code: () => aws.nextTotpCode(), onBug: (bug) => bugs.push(bug) });
    try {
      return await use(broker);
    } finally {
      await broker.dispose();
    }
  }

  /**
   * Starts the app as a process of its own, and kills it while it works: after some milliseconds, when AWS has done
   * what that many calls asked for and has not answered the last, or at a change of a file. Returns what it told until then.
   */
  async killed(work: Work, after: Moment): Promise<readonly unknown[]> {
    this.aws.forgetUsedCodes();
    const child = fork(app.file);
    const told: unknown[] = [];
    const working = new Promise<void>((resolve) => {
      child.on('message', (message: unknown) => {
        if (message === 'working') resolve();
        else if (message !== 'code') told.push(message);
        else void this.aws.nextTotpCode().then((code) => child.connected && child.send(code));
      });
    });
    const task: Task = { folder: this.folder, key: this.cipher.key.toString('hex'), endpoint: this.aws.endpoint, work };
    child.send(task);
    const ended = once(child, 'exit');
    await Promise.race([working, ended]);
    const kill = () => child.kill('SIGKILL');
    const countingDown = (from: number) => {
      let left = from;
      return () => (left -= 1) === 0 && kill();
    };
    const changed = 'changes' in after ? countingDown(after.changes) : () => {};
    const folders = [this.folder, join(this.folder, 'data'), join(this.folder, 'data', 'vault')].filter(existsSync);
    const watchers = folders.map((folder) => watch(folder, changed));
    if ('calls' in after) this.aws.onCall = countingDown(after.calls);
    if ('milliseconds' in after) void delay(after.milliseconds).then(kill);
    await ended;
    for (const watcher of watchers) watcher.close();
    this.aws.onCall = () => {};
    return told;
  }

  /** The profile's key, wherever it is kept; the one in the files where it is in both places. */
  async key(): Promise<ClientCredentials> {
    const text = await readFile(this.credentials, 'utf8');
    const [, accessKeyId, secretAccessKey] = /\[default\]\naws_access_key_id = (\S+)\naws_secret_access_key = (\S+)\n/.exec(text) ?? [];
    if (accessKeyId !== undefined && secretAccessKey !== undefined) return { accessKeyId, secretAccessKey };
    const kept = await new AccessKeyVault({ cipher: this.cipher, file: join(this.folder, 'data', 'vault', 'access-keys') }).read('default');
    if (kept.ok) return kept.value;
    throw new Error(`The key is neither in the files nor in the keychain: ${text}`);
  }

  async keysAtAws(): Promise<readonly string[]> {
    const { AccessKeyMetadata: keys = [] } = await iamClient(this.aws, await this.key()).send(new ListAccessKeysCommand({ UserName: 'alice' }));
    return keys.map(({ AccessKeyId }) => AccessKeyId ?? '');
  }

  async policies(): Promise<readonly string[]> {
    return (await iamClient(this.aws, await this.key()).send(new ListUserPoliciesCommand({ UserName: 'alice' }))).PolicyNames ?? [];
  }

  async works(credentials: ClientCredentials): Promise<boolean> {
    return stsClient(this.aws, credentials)
      .send(new GetCallerIdentityCommand({}))
      .then(({ Arn }) => Arn === this.aws.alice.arn);
  }

  async close(): Promise<void> {
    await this.aws.close();
    await rm(this.folder, { recursive: true });
  }
}

async function records(broker: Broker): Promise<number> {
  const history = await broker.apiHandlers.history({ limit: 10_000 }, { signal: new AbortController().signal });
  if (!history.ok) throw new Error(history.error.code);
  return history.value.records.length;
}

/** Kills the app of one machine again and again, and looks each time at what is left and how the next start goes on. */
async function killAgainAndAgain(machine: Machine, work: Work, moments: readonly Moment[]): Promise<void> {
  const before = await readFile(machine.config, 'utf8');
  let told = await machine.started(async (broker) => {
    expect(await works.renewing(broker, () => machine.aws.nextTotpCode())).toEqual([]);
    return records(broker);
  });
  for (const after of moments) {
    expect(await machine.killed(work, after)).toEqual([]);
    expect(await machine.works(await machine.key())).toBe(true);
    // A session of the second of a denial is denied too, and no user has the app up again that soon.
    if (work === 'revoking') await delay(issueStepMs);
    await machine.started(async (broker) => {
      const { profiles, notice, settings } = broker.store.state;
      expect(notice).toBeNull();
      expect(profiles.map(({ name }) => name).toSorted()).toEqual(['default', 'other']);
      expect(await records(broker)).toBeGreaterThanOrEqual(told);
      const held = broker.held.find('default');
      // A revocation ends the session.
      expect(work === 'revoking' || (held !== null && (await machine.works(held.credentials)))).toBe(true);
      // A policy that nobody knows of would never be removed.
      const isRevoked = (await machine.policies()).length > 0;
      expect(!isRevoked || machine.aws.alice.arn in settings.revocations).toBe(true);
      expect(await works[work](broker, () => machine.aws.nextTotpCode())).toEqual([]);
      expect(await machine.works(await machine.key())).toBe(true);
      expect(await machine.keysAtAws()).toEqual([(await machine.key()).accessKeyId]);
      expect(await machine.policies()).toEqual([]);
      told = await records(broker);
    });
    expect(await readFile(machine.config, 'utf8')).toBe(before);
    expect(await readFile(machine.credentials, 'utf8')).toContain(mine);
  }
}

describe('an app that is killed', () => {
  it.for(Object.keys(works) as Work[])(
    'an app that is killed while %s loses nothing: the next start loads all, has a key that works, and goes on',
    { timeout: 900_000 },
    async (work, context) => {
      // Most of the time goes by in waiting, and what is killed on one machine is nothing to the others.
      const machines = await Promise.all(Array.from({ length: timesOf({ usual: 2, thorough: 5 }) }, () => Machine.make()));
      const killsEach = timesOf({ usual: 2, thorough: 5 });
      const moments = momentsOf(work, machines.length * killsEach);
      const killed = machines.map((machine, index) => killAgainAndAgain(machine, work, moments.slice(index * killsEach, (index + 1) * killsEach)));
      const outcomes = await Promise.allSettled(killed);
      await Promise.all(machines.map((machine) => machine.close()));
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
      expect(machines.flatMap(({ bugs }) => bugs)).toEqual([]);
      tried(context, machines.length * killsEach);
    },
  );
});
