import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startLocalAws, type LocalAws } from '../../../testing/aws/local-aws.ts';
import { answerPage } from '../../../testing/aws/sign-in/person.ts';
import { bundledProgram, type BundledProgram } from '../../../testing/processes/bundled-program.ts';
import { unknownProgram } from '../../../testing/rigs/broker-rig.ts';
import { startLastingBroker } from '../../../testing/rigs/lasting-broker.ts';
import type { SignedInTask } from '../../../testing/rigs/signed-in-app.ts';
import { portalConfig } from '../../../testing/rigs/sign-in-rig.ts';
import { testCipher } from '../../../testing/samples/test-cipher.ts';
import { timesOf, tried } from '../../../testing/trust/times.ts';
import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { SignInVault } from '../../vault/sign-in-vault.ts';
import type { Broker } from '../broker.ts';

let app: BundledProgram;

beforeAll(async () => {
  app = await bundledProgram('testing/rigs/signed-in-app.ts');
  for (const name of Object.keys(process.env)) if (/^AWS_|_proxy$/i.test(name)) vi.stubEnv(name, undefined);
  // The store of the settings loads Electron's package, which outside of Electron only says where its program is.
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', '/nowhere');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await app.remove();
});

const ways = {
  'an access portal': {
    config: (aws: LocalAws) => portalConfig(aws.startUrl, { dev: ['111111111111', 'AdministratorAccess'] }),
    user: () => 'sato',
    service: (aws: LocalAws) => aws.identityCenter,
    renewal: 'CreateToken',
    shorten: ({ identityCenter: { lives } }: LocalAws) => Object.assign(lives, { accessToken: lifeSeconds, roleCredentials: lifeSeconds }),
  },
  'an AWS sign-in': {
    config: (aws: LocalAws) => `[profile dev]\nlogin_session = ${aws.alice.arn}\nregion = us-east-1\n`,
    user: (aws: LocalAws) => aws.alice.arn,
    service: (aws: LocalAws) => aws.awsLogin,
    renewal: 'CreateOAuth2Token',
    shorten: ({ awsLogin: { lives } }: LocalAws) => Object.assign(lives, { credentials: lifeSeconds }),
  },
} as const;

type Way = (typeof ways)[keyof typeof ways];

/** How long tokens and credentials last, and for how long a used refresh token is honoured where it is. */
const [lifeSeconds, graceSeconds] = [20, 120];

/**
 * How far the clocks go on before each start: AWS answers a token that it honours again with what it gave before, of which
 * something is to be left, as it is with lives of minutes. Else all that was given is over.
 */
const stepSeconds = { honoured: 15, once: 25 } as const;

type Reuse = keyof typeof stepSeconds;

/** So many milliseconds after AWS did what a renewal asked for, or after the app began to work. */
type Moment = { readonly afterRenewal: number } | { readonly afterStart: number };

/** Before the answer is sent, while it is on its way and is saved, and at any moment. */
function momentOf(index: number): Moment {
  if (index % 3 === 0) return { afterRenewal: 0 };
  return index % 3 === 1 ? { afterRenewal: Math.random() * 12 } : { afterStart: Math.random() * 2_000 };
}

/** A user's computer with a sign-in, on which the app is killed again and again. */
class Machine {
  readonly aws: LocalAws;
  readonly cipher = testCipher();
  readonly bugs: unknown[] = [];
  /** The addresses that were opened since the last start. */
  pages: string[] = [];
  signInId = '';
  readonly #folder: string;
  readonly #way: Way;
  readonly #step: number;

  private constructor(aws: LocalAws, folder: string, way: Way, step: number) {
    [this.aws, this.#folder, this.#way, this.#step] = [aws, folder, way, step];
  }

  static async make(way: Way, reuse: Reuse): Promise<Machine> {
    const aws = await startLocalAws();
    way.shorten(aws);
    way.service(aws).lives.grace = reuse === 'honoured' ? graceSeconds : 0;
    const folder = await mkdtemp(join(tmpdir(), 'killed-'));
    await writeFile(join(folder, 'config'), `${way.config(aws)}endpoint_url = ${aws.endpoint}\n`);
    return new Machine(aws, folder, way, stepSeconds[reuse]);
  }

  get #ahead(): number {
    return this.aws.faults.clockOffsetSeconds * 1000;
  }

  /** Works with the app as its next start finds everything, when what it has is due to be renewed. */
  async started<T>(use: (broker: Broker) => Promise<T>): Promise<T> {
    this.aws.faults.clockOffsetSeconds += this.#step;
    this.pages = [];
    const ahead = this.#ahead;
    const openSignIn = async (address: string) => {
      this.pages.push(address);
      return succeeded(null);
    };
    const broker = await startLastingBroker({
      folder: this.#folder,
      cipher: this.cipher,
      endpoint: this.aws.endpoint,
      code: () => Promise.reject(new Error('A sign-in asks for no code')),
      onBug: (bug) => this.bugs.push(bug),
      world: {
        now: () => Date.now() + ahead,
        targets: { copySecret: async () => {}, openTerminal: async () => failed(appError('terminal-none')), openSignIn },
      },
    });
    await broker.heldSignIns.restore();
    try {
      return await use(broker);
    } finally {
      await broker.dispose();
    }
  }

  /** Starts the app as a process of its own, and kills it. Returns what it told until then. */
  async killed(after: Moment): Promise<readonly unknown[]> {
    this.aws.faults.clockOffsetSeconds += this.#step;
    const child = fork(app.file);
    const told: unknown[] = [];
    child.on('message', (message: unknown) => {
      if (message !== 'working') told.push(message);
      else if ('afterStart' in after) void delay(after.afterStart).then(kill);
    });
    const kill = () => child.kill('SIGKILL');
    const ended = once(child, 'exit');
    this.aws.onCall = ({ action }) => {
      if (!('afterRenewal' in after) || action !== this.#way.renewal) return;
      if (after.afterRenewal === 0) kill();
      else void delay(after.afterRenewal).then(kill);
    };
    const task: SignedInTask = { folder: this.#folder, key: this.cipher.key.toString('hex'), endpoint: this.aws.endpoint, ahead: this.#ahead };
    child.send(task);
    await ended;
    this.aws.onCall = () => {};
    return told;
  }

  /** Whether AWS will renew what an app that starts finds. */
  async isRenewable(): Promise<boolean> {
    const vault = new SignInVault({ cipher: this.cipher, file: join(this.#folder, 'data', 'vault', 'sign-ins') });
    const problem = await vault.restore();
    const kept = vault.keptOf(this.signInId);
    // A kill loses at most what AWS said last, never what was there before.
    if (problem !== null || kept === null) throw new Error(`The vault has nothing: ${problem?.code}`);
    this.aws.faults.clockOffsetSeconds += this.#step;
    const renewable = this.#way.service(this.aws).honours(kept.tokens.refreshToken ?? '');
    this.aws.faults.clockOffsetSeconds -= this.#step;
    return renewable;
  }

  /** Five programs ask for the profile; a person answers the page where one opens. */
  async served(broker: Broker): Promise<readonly Result<unknown>[]> {
    const callers = Array.from({ length: 5 }, () => broker.sessions.credentials('dev', { minLeftMs: 0, requester: unknownProgram() }));
    const all = Promise.all(callers);
    const page = vi.waitFor(() => {
      const [address] = this.pages;
      if (address === undefined) throw new Error('no page yet');
      return address;
    }, 20_000);
    const first = await Promise.race([all.then(() => null), page]);
    page.catch(() => undefined);
    if (first !== null) await fetch((await answerPage(first, { user: this.#way.user(this.aws), answer: 'allow' })).url);
    return all;
  }

  /** Every file of the app and of AWS, by its name. */
  async files(): Promise<ReadonlyMap<string, string>> {
    const entries = await readdir(this.#folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file, 'latin1')] as const)));
  }

  async close(): Promise<void> {
    await this.aws.close();
    await rm(this.#folder, { recursive: true });
  }
}

/** Nothing was moved aside as damaged, and no file says a secret. */
async function isWhole(machine: Machine): Promise<void> {
  const files = await machine.files();
  expect([...files.keys()].filter((name) => name.includes('.unreadable'))).toEqual([]);
  const secrets = machine.aws.secrets();
  expect([...files].filter(([, text]) => secrets.some((secret) => text.includes(secret))).map(([name]) => name)).toEqual([]);
}

describe.for(Object.keys(ways) as (keyof typeof ways)[])('an app that is killed while it renews %s', (name) => {
  it.for([
    ['honours a used refresh token for a while', 'honoured'],
    ['takes a refresh token once', 'once'],
  ] as const)(
    `an app that is killed while it renews ${name} damages nothing: where AWS %s, the next start opens a page only for what AWS renews no more`,
    { timeout: 300_000 },
    async ([, reuse], context) => {
      const machine = await Machine.make(ways[name], reuse);
      const kills = timesOf({ usual: 8, thorough: 30 });
      const lost: boolean[] = [];
      const { signal } = new AbortController();
      await machine.started(async (broker) => {
        for (const asked of await machine.served(broker)) expect(asked).toMatchObject({ ok: true });
        machine.signInId = broker.store.state.signIns[0]?.signInId ?? '';
      });
      for (let index = 0; index < kills; index += 1) {
        expect(await machine.killed(momentOf(index))).toEqual([]);
        const renewable = await machine.isRenewable();
        lost.push(!renewable);
        await isWhole(machine);
        await machine.started(async (broker) => {
          expect(broker.store.state).toMatchObject({ notice: null, signIns: [{ state: { kind: 'active' } }] });
          const ends: string[] = [];
          broker.store.subscribe(({ signIns: [one] }) => one?.state.kind === 'ended' && ends.push(one.state.error.code));
          // Nobody needs a page elsewhere, which is said once what is due has been renewed.
          const elsewhere = renewable ? await broker.apiHandlers['sign-in-page']({ profile: 'dev' }, { signal }) : null;
          expect(elsewhere).toEqual(renewable ? { ok: true, value: { page: null } } : null);
          for (const asked of await machine.served(broker)) expect(asked).toMatchObject({ ok: true });
          expect(machine.pages).toHaveLength(renewable ? 0 : 1);
          expect([...new Set(ends)]).toEqual(renewable ? [] : ['sign-in-ended']);
        });
      }
      expect(machine.bugs).toEqual([]);
      await isWhole(machine);
      // Kills before the answer came are among them.
      expect(lost.includes(true)).toBe(reuse === 'once');
      await machine.close();
      tried(context, kills);
    },
  );
});
