import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LocalAws } from '../../../testing/aws/local-aws.ts';
import type { HistoryRecord } from '../../contract/ledger.ts';
import type { ApiRequest } from '../../contract/local-api.ts';
import { BrokerBench, resetAws, startAws } from '../../../testing/rigs/broker-rig.ts';

const minute = 60_000;
const hour = 60 * minute;

let aws: LocalAws;
let bench: BrokerBench;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());
beforeEach(async () => {
  resetAws(aws);
  aws.sessionLifetimeOverrideSeconds = null;
  bench = await BrokerBench.start(aws, { config: roleProfile(aws.accounts.b.deployRoleArn) });
});
afterEach(() => bench.close());

const roleProfile = (roleArn: string) => `[profile deploy]\nrole_arn = ${roleArn}\nsource_profile = default\n`;
const ledgerFile = () => join(bench.store.state.desktop.dataFolder, 'ledger.jsonl');
const context = () => ({ signal: new AbortController().signal });
const keyId = (profile = 'default') => bench.credentials(profile)?.accessKeyId;

const credentialProcess = (profile: string, pid?: number) => bench.broker.apiHandlers['credential-process']({ profile, pid }, context());
const handOff = (request: ApiRequest<'hand-off'>) => bench.broker.apiHandlers['hand-off'](request, context());

/** The records as `sts-tray history` gets them, the latest first. */
async function history(filter: Partial<ApiRequest<'history'>> = {}): Promise<readonly HistoryRecord[]> {
  const answer = await bench.broker.apiHandlers.history({ limit: 20, ...filter }, context());
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value.records;
}

/** The hand-offs of the latest session, as soon as there are so many: nobody waits for their lines. */
function handOffs(count: number, profile = 'default') {
  return vi.waitFor(async () => {
    const [session] = await history({ profile });
    const found = session?.record === 'session' ? session.handOffs : [];
    if (found.length < count) throw new Error(`${found.length} hand-offs, not ${count}`);
    return found;
  });
}

describe('the ledger has of a session', () => {
  it('whose it is, for how long, and by which access key ID CloudTrail knows it', async () => {
    aws.alice.deny('iam:ListAccountAliases');
    await bench.startSession();
    const { session } = bench.profile();
    const expiresAt = session.kind === 'active' ? session.expiresAt : NaN;
    expect(await history()).toEqual([
      {
        record: 'session',
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
        profile: 'default',
        kind: 'base',
        accountId: '111111111111',
        accountAlias: null,
        arn: aws.alice.arn,
        role: null,
        sessionName: 'alice',
        accessKeyId: keyId(),
        expiresAt: `${new Date(expiresAt).toISOString().slice(0, 19)}Z`,
        handOffs: [],
        earlierHandOffs: 0,
        ended: null,
      },
    ]);
  });

  it('the role, its account and the name of the role session', async () => {
    await bench.startSession();
    await credentialProcess('deploy');
    expect(await history({ account: '222222222222' })).toMatchObject([
      {
        profile: 'deploy',
        kind: 'role',
        accountId: '222222222222',
        arn: 'arn:aws:sts::222222222222:assumed-role/deploy/alice',
        role: 'deploy',
        sessionName: 'alice',
        accessKeyId: keyId('deploy'),
        ended: null,
      },
    ]);
    expect((await history()).map(({ profile }) => profile)).toEqual(['deploy', 'default']);
  });

  it('that the user ended it, and the role sessions that were made from it', async () => {
    await bench.startSession();
    await credentialProcess('deploy');
    bench.sessions.endSession({ profile: 'default' });
    bench.sessions.endSession({ profile: 'default' });
    expect(await history()).toMatchObject([
      { profile: 'deploy', ended: { how: 'ended' } },
      { profile: 'default', ended: { how: 'ended' } },
    ]);
    expect((await readFile(ledgerFile(), 'utf8')).match(/"event":"ended"/g)).toHaveLength(2);
  });

  it('that a new one took its place', async () => {
    await bench.startSession();
    const first = keyId();
    await bench.startSession();
    expect(await history()).toMatchObject([
      { accessKeyId: keyId(), ended: null },
      { accessKeyId: first, ended: { how: 'renewed' } },
    ]);
  });

  it('that AWS took it no longer', async () => {
    await bench.startSession();
    aws.expireSessions();
    const waiting = credentialProcess('deploy');
    await bench.step('enter-code');
    expect(await history()).toMatchObject([{ profile: 'default', ended: { how: 'refused' } }]);
    bench.sessions.cancelPrompt({ promptId: bench.promptId });
    await waiting;
  });

  it('that its profile means another role by now', async () => {
    await bench.startSession();
    await credentialProcess('deploy');
    await writeFile(bench.store.state.files.config, roleProfile(aws.accounts.c.deployRoleArn));
    await bench.broker.loadConfig();
    expect(await history()).toMatchObject([
      { profile: 'deploy', ended: { how: 'profile-changed' } },
      { profile: 'default', ended: null },
    ]);
  });

  it('that its profile cannot be used any more', async () => {
    await bench.startSession();
    await credentialProcess('deploy');
    await writeFile(bench.store.state.files.config, '[profile deploy]\nrole_arn = arn:aws:iam::222222222222:role/deploy\nsource_profile = gone\n');
    await bench.broker.loadConfig();
    expect(await history({ profile: 'deploy' })).toMatchObject([{ ended: { how: 'profile-changed' } }]);
  });

  it('that it ran out, without a line that says so', async () => {
    await bench.startSession();
    bench.ahead = 8 * hour;
    bench.broker.held.timePassed();
    expect(await history()).toMatchObject([{ ended: { how: 'expired' } }]);
    expect(await readFile(ledgerFile(), 'utf8')).not.toContain('"event":"ended"');
  });
});

describe('the ledger has of a hand-off', () => {
  beforeEach(() => bench.startSession());

  it('which program asked, once for each session however often it asks', async () => {
    const [one, two] = [5001, 5002];
    for (let time = 0; time < 5; time += 1) await Promise.all([credentialProcess('default', one), credentialProcess('default', one)]);
    await credentialProcess('default', two);
    const found = await handOffs(2);
    expect(found).toMatchObject([
      { way: 'credential-process', credentials: 'static', program: { pid: one, command: 'terraform plan', folder: '/home/alice/network' } },
      { program: { pid: two } },
    ]);
    expect(found).toHaveLength(2);

    await bench.startSession();
    await credentialProcess('default', one);
    expect(await handOffs(1)).toMatchObject([{ program: { pid: one } }]);
  });

  it('once for a session when nobody can tell which programs ask', async () => {
    await credentialProcess('default');
    await credentialProcess('default');
    expect(await handOffs(1)).toMatchObject([{ program: null }]);
  });

  it('what exec is about to become, and that export gave the credentials away', async () => {
    await handOff({ profile: 'default', credentials: 'renewable', pid: 5003, program: { command: 'ansible-playbook', folder: '/srv' } });
    await handOff({ profile: 'default', credentials: 'static', pid: 5004 });
    expect(await handOffs(2)).toMatchObject([
      { way: 'exec', credentials: 'renewable', program: { pid: 5003, command: 'ansible-playbook', folder: '/srv' } },
      { way: 'export', credentials: 'static', program: { pid: 5004, command: 'terraform plan' } },
    ]);
    expect(await history({ program: 'Ansible' })).toHaveLength(1);
    expect(await history({ program: 'pulumi' })).toEqual([]);
  });

  it('that it was copied, each time', async () => {
    await bench.broker.handOffs.copyExports({ profile: 'default' });
    await bench.broker.handOffs.copyExports({ profile: 'default' });
    expect(await handOffs(2)).toMatchObject([{ way: 'clipboard', credentials: 'static', program: null }, { way: 'clipboard' }]);
  });

  it('nothing when there was none: no terminal opened, or no session', async () => {
    await bench.broker.handOffs.openTerminal({ profile: 'default' });
    bench.sessions.endSession({ profile: 'default' });
    await bench.broker.handOffs.copyExports({ profile: 'default' });
    expect(await history()).toMatchObject([{ handOffs: [], ended: { how: 'ended' } }]);
  });
});

describe('the ledger', () => {
  it('holds no secret, whatever was done', async () => {
    await bench.startSession();
    await credentialProcess('deploy', 5001);
    await handOff({ profile: 'default', credentials: 'static', pid: 5002 });
    await bench.broker.handOffs.copyExports({ profile: 'default' });
    await handOffs(2);
    await bench.startSession();
    bench.sessions.endSession({ profile: 'default' });
    await history();
    const text = await readFile(ledgerFile(), 'utf8');
    expect(text).toContain('"event":"handed-off"');
    for (const secret of aws.secrets()) expect(text).not.toContain(secret);
  });

  it('names an account by the alias that AWS told', async () => {
    await bench.startSession();
    await vi.waitFor(async () => expect(await history()).toMatchObject([{ accountAlias: 'example-dev' }]));
  });

  it('gives as many of the latest as are asked for, and what happened since a moment', async () => {
    await bench.startSession();
    bench.ahead = 10 * minute;
    await bench.startSession();
    expect(await history({ limit: 1 })).toMatchObject([{ accessKeyId: keyId() }]);
    expect(await history({ since: new Date(Date.now() + 20 * minute).toISOString() })).toEqual([]);
  });

  it('is written when the app has quit', async () => {
    await bench.startSession();
    bench.sessions.endSession({ profile: 'default' });
    await bench.broker.dispose();
    const events = (await readFile(ledgerFile(), 'utf8')).match(/"event":"[a-z-]+"/g);
    expect(events).toEqual(['"event":"issued"', '"event":"ended"']);
  });
});

describe('a ledger that cannot be written', () => {
  const notices = () => {
    const found: unknown[] = [];
    bench.store.subscribe(({ notice }) => {
      if (notice?.kind === 'failed' && found.at(-1) !== notice) found.push(notice);
    });
    return found;
  };

  it('is told of once, and sessions start, are handed out and end all the same', async () => {
    const told = notices();
    await mkdir(ledgerFile(), { recursive: true });
    await bench.startSession();
    expect((await credentialProcess('default', 5001)).ok).toBe(true);
    expect((await credentialProcess('deploy', 5002)).ok).toBe(true);
    bench.sessions.endSession({ profile: 'default' });
    await vi.waitFor(() => expect(told).not.toEqual([]));
    expect(await bench.broker.apiHandlers.history({ limit: 20 }, context())).toMatchObject({ ok: false, error: { code: 'ledger-unreadable' } });
    expect(told).toMatchObject([{ profile: null, error: { code: 'ledger-unwritable', params: { file: ledgerFile(), reason: 'EISDIR' } } }]);
  });

  it('records again once it is mended, also a program that it could not record before', async () => {
    const told = notices();
    await bench.startSession();
    await history();
    const text = await readFile(ledgerFile());
    await rm(ledgerFile());
    await mkdir(ledgerFile());
    await credentialProcess('default', 5001);
    await vi.waitFor(() => expect(told).toHaveLength(1));

    await rm(ledgerFile(), { recursive: true });
    await writeFile(ledgerFile(), text);
    await credentialProcess('default', 5001);
    expect(await handOffs(1)).toMatchObject([{ program: { pid: 5001 } }]);

    await rm(ledgerFile());
    await mkdir(ledgerFile());
    await credentialProcess('default', 5002);
    await vi.waitFor(() => expect(told).toHaveLength(2));
  });
});
