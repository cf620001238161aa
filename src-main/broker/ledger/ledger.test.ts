import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { HistoryRecord } from '../../contract/ledger.ts';
import type { ApiRequest } from '../../contract/local-api.ts';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { eventually } from '../../../testing/processes/eventually.ts';
import { leaksIn } from '../../../testing/secrets/leaks.ts';

const minute = 60_000;
const hour = 60 * minute;

const it = withBroker(({ accounts }) => ({ config: roleProfile(accounts.b.deployRoleArn) }));

const roleProfile = (roleArn: string) => `[profile deploy]\nrole_arn = ${roleArn}\nsource_profile = default\n`;
const ledgerFile = (rig: BrokerRig) => join(rig.store.state.desktop.dataFolder, 'ledger.jsonl');
const context = () => ({ signal: new AbortController().signal });
const keyId = (rig: BrokerRig, profile = 'default') => rig.credentials(profile)?.accessKeyId;

const credentialProcess = (rig: BrokerRig, profile: string, pid?: number) => rig.broker.apiHandlers['credential-process']({ profile, pid }, context());
const handOff = (rig: BrokerRig, request: ApiRequest<'hand-off'>) => rig.broker.apiHandlers['hand-off'](request, context());

/** The records as `sts-tray history` gets them, the latest first. */
async function history(rig: BrokerRig, filter: Partial<ApiRequest<'history'>> = {}): Promise<readonly HistoryRecord[]> {
  const answer = await rig.broker.apiHandlers.history({ limit: 20, ...filter }, context());
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value.records;
}

/** The hand-offs of the latest session, as soon as there are so many: nobody waits for their lines. */
function handOffs(rig: BrokerRig, count: number, profile = 'default') {
  return eventually(async () => {
    const [session] = await history(rig, { profile });
    const found = session?.record === 'session' ? session.handOffs : [];
    if (found.length < count) throw new Error(`${found.length} hand-offs, not ${count}`);
    return found;
  });
}

describe('a session in the ledger', () => {
  it('the ledger records whose a session is, for how long, and by which access key ID CloudTrail knows it', async ({ rig }) => {
    rig.aws.alice.deny('iam:ListAccountAliases');
    await rig.startSession();
    const { session } = rig.profile();
    const expiresAt = session.kind === 'active' ? session.expiresAt : NaN;
    expect(await history(rig)).toEqual([
      {
        record: 'session',
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
        profile: 'default',
        kind: 'base',
        accountId: '111111111111',
        accountAlias: null,
        arn: rig.aws.alice.arn,
        role: null,
        sessionName: 'alice',
        accessKeyId: keyId(rig),
        expiresAt: `${new Date(expiresAt).toISOString().slice(0, 19)}Z`,
        handOffs: [],
        earlierHandOffs: 0,
        ended: null,
      },
    ]);
  });

  it('the ledger records the role of a session, its account and the name of the role session', async ({ rig }) => {
    await rig.startSession();
    await credentialProcess(rig, 'deploy');
    expect(await history(rig, { account: '222222222222' })).toMatchObject([
      {
        profile: 'deploy',
        kind: 'role',
        accountId: '222222222222',
        arn: 'arn:aws:sts::222222222222:assumed-role/deploy/alice',
        role: 'deploy',
        sessionName: 'alice',
        accessKeyId: keyId(rig, 'deploy'),
        ended: null,
      },
    ]);
    expect((await history(rig)).map(({ profile }) => profile)).toEqual(['deploy', 'default']);
  });

  it('the ledger records that the user ended a session, and the role sessions that were made from it', async ({ rig }) => {
    await rig.startSession();
    await credentialProcess(rig, 'deploy');
    rig.sessions.endSession({ profile: 'default' });
    rig.sessions.endSession({ profile: 'default' });
    expect(await history(rig)).toMatchObject([
      { profile: 'deploy', ended: { how: 'ended' } },
      { profile: 'default', ended: { how: 'ended' } },
    ]);
    expect((await readFile(ledgerFile(rig), 'utf8')).match(/"event":"ended"/g)).toHaveLength(2);
  });

  it('the ledger records that a new session took the place of another', async ({ rig }) => {
    await rig.startSession();
    const first = keyId(rig);
    await rig.startSession();
    expect(await history(rig)).toMatchObject([
      { accessKeyId: keyId(rig), ended: null },
      { accessKeyId: first, ended: { how: 'renewed' } },
    ]);
  });

  it('the ledger records that AWS took a session no longer', async ({ rig }) => {
    await rig.startSession();
    rig.aws.expireSessions();
    const waiting = credentialProcess(rig, 'deploy');
    await rig.step('enter-code');
    expect(await history(rig)).toMatchObject([{ profile: 'default', ended: { how: 'refused' } }]);
    rig.cancelPrompt();
    await waiting;
  });

  it('the ledger records that a session ended because its profile means another role by now', async ({ rig }) => {
    await rig.startSession();
    await credentialProcess(rig, 'deploy');
    await writeFile(rig.store.state.files.config, roleProfile(rig.aws.accounts.c.deployRoleArn));
    await rig.broker.loadConfig();
    expect(await history(rig)).toMatchObject([
      { profile: 'deploy', ended: { how: 'profile-changed' } },
      { profile: 'default', ended: null },
    ]);
  });

  it('the ledger records that a session ended because its profile cannot be used any more', async ({ rig }) => {
    await rig.startSession();
    await credentialProcess(rig, 'deploy');
    await writeFile(rig.store.state.files.config, '[profile deploy]\nrole_arn = arn:aws:iam::222222222222:role/deploy\nsource_profile = gone\n');
    await rig.broker.loadConfig();
    expect(await history(rig, { profile: 'deploy' })).toMatchObject([{ ended: { how: 'profile-changed' } }]);
  });

  it('the ledger knows that a session ran out, without a line that says so', async ({ rig }) => {
    await rig.startSession();
    rig.ahead = 8 * hour;
    rig.broker.held.timePassed();
    expect(await history(rig)).toMatchObject([{ ended: { how: 'expired' } }]);
    expect(await readFile(ledgerFile(rig), 'utf8')).not.toContain('"event":"ended"');
  });
});

describe('a hand-off in the ledger', () => {
  it.beforeEach(({ rig }) => rig.startSession());

  it('the ledger records which program asked for a hand-off, once for each session however often it asks', async ({ rig }) => {
    const [one, two] = [5001, 5002];
    for (let time = 0; time < 5; time += 1) await Promise.all([credentialProcess(rig, 'default', one), credentialProcess(rig, 'default', one)]);
    await credentialProcess(rig, 'default', two);
    const found = await handOffs(rig, 2);
    expect(found).toMatchObject([
      { way: 'credential-process', credentials: 'static', program: { pid: one, command: 'terraform plan', folder: '/home/alice/network' } },
      { program: { pid: two } },
    ]);
    expect(found).toHaveLength(2);

    await rig.startSession();
    await credentialProcess(rig, 'default', one);
    expect(await handOffs(rig, 1)).toMatchObject([{ program: { pid: one } }]);
  });

  it('the ledger records a hand-off once for a session when nobody can tell which programs ask', async ({ rig }) => {
    await credentialProcess(rig, 'default');
    await credentialProcess(rig, 'default');
    expect(await handOffs(rig, 1)).toMatchObject([{ program: null }]);
  });

  it('the ledger records what exec is about to become, and that export gave the credentials away', async ({ rig }) => {
    await handOff(rig, { profile: 'default', credentials: 'renewable', pid: 5003, program: { command: 'ansible-playbook', folder: '/srv' } });
    await handOff(rig, { profile: 'default', credentials: 'static', pid: 5004 });
    expect(await handOffs(rig, 2)).toMatchObject([
      { way: 'exec', credentials: 'renewable', program: { pid: 5003, command: 'ansible-playbook', folder: '/srv' } },
      { way: 'export', credentials: 'static', program: { pid: 5004, command: 'terraform plan' } },
    ]);
    expect(await history(rig, { program: 'Ansible' })).toHaveLength(1);
    expect(await history(rig, { program: 'pulumi' })).toEqual([]);
  });

  it('the ledger records that a session was copied, each time', async ({ rig }) => {
    await rig.broker.handOffs.copyExports({ profile: 'default' });
    await rig.broker.handOffs.copyExports({ profile: 'default' });
    expect(await handOffs(rig, 2)).toMatchObject([{ way: 'clipboard', credentials: 'static', program: null }, { way: 'clipboard' }]);
  });

  it('the ledger records no hand-off when there was none: no terminal opened, or no session', async ({ rig }) => {
    await rig.broker.handOffs.openTerminal({ profile: 'default' });
    rig.sessions.endSession({ profile: 'default' });
    await rig.broker.handOffs.copyExports({ profile: 'default' });
    expect(await history(rig)).toMatchObject([{ handOffs: [], ended: { how: 'ended' } }]);
  });
});

describe('the ledger', () => {
  it('the ledger holds no secret, whatever was done', async ({ rig }) => {
    await rig.startSession();
    await credentialProcess(rig, 'deploy', 5001);
    await handOff(rig, { profile: 'default', credentials: 'static', pid: 5002 });
    await rig.broker.handOffs.copyExports({ profile: 'default' });
    await handOffs(rig, 2);
    await rig.startSession();
    rig.sessions.endSession({ profile: 'default' });
    await history(rig);
    const text = await readFile(ledgerFile(rig), 'utf8');
    expect(text).toContain('"event":"handed-off"');
    expect(leaksIn('the ledger', text, rig.aws.secrets())).toEqual([]);
  });

  it('the ledger names an account by the alias that AWS told', async ({ rig }) => {
    await rig.startSession();
    await eventually(async () => expect(await history(rig)).toMatchObject([{ accountAlias: 'example-dev' }]));
  });

  it('the ledger gives as many of the latest as are asked for, and what happened since a moment', async ({ rig }) => {
    await rig.startSession();
    rig.ahead = 10 * minute;
    await rig.startSession();
    expect(await history(rig, { limit: 1 })).toMatchObject([{ accessKeyId: keyId(rig) }]);
    expect(await history(rig, { since: new Date(Date.now() + 20 * minute).toISOString() })).toEqual([]);
  });

  it('the ledger is written when the app has quit', async ({ rig }) => {
    await rig.startSession();
    rig.sessions.endSession({ profile: 'default' });
    await rig.broker.dispose();
    const events = (await readFile(ledgerFile(rig), 'utf8')).match(/"event":"[a-z-]+"/g);
    expect(events).toEqual(['"event":"issued"', '"event":"ended"']);
  });
});

describe('a ledger that cannot be written', () => {
  const notices = (rig: BrokerRig) => {
    const found: unknown[] = [];
    rig.store.subscribe(({ notice }) => {
      if (notice?.kind === 'failed' && found.at(-1) !== notice) found.push(notice);
    });
    return found;
  };

  it('a ledger that cannot be written is told of once, and sessions start, are handed out and end all the same', async ({ rig }) => {
    const told = notices(rig);
    await mkdir(ledgerFile(rig), { recursive: true });
    await rig.startSession();
    expect((await credentialProcess(rig, 'default', 5001)).ok).toBe(true);
    expect((await credentialProcess(rig, 'deploy', 5002)).ok).toBe(true);
    rig.sessions.endSession({ profile: 'default' });
    await eventually(() => expect(told).not.toEqual([]));
    expect(await rig.broker.apiHandlers.history({ limit: 20 }, context())).toMatchObject({ ok: false, error: { code: 'ledger-unreadable' } });
    expect(told).toMatchObject([{ profile: null, error: { code: 'ledger-unwritable', params: { file: ledgerFile(rig), reason: 'EISDIR' } } }]);
  });

  it('a ledger that cannot be written records again once it is mended, also a program that it could not record before', async ({ rig }) => {
    const told = notices(rig);
    await rig.startSession();
    await history(rig);
    const text = await readFile(ledgerFile(rig));
    await rm(ledgerFile(rig));
    await mkdir(ledgerFile(rig));
    await credentialProcess(rig, 'default', 5001);
    await eventually(() => expect(told).toHaveLength(1));

    await rm(ledgerFile(rig), { recursive: true });
    await writeFile(ledgerFile(rig), text);
    await credentialProcess(rig, 'default', 5001);
    expect(await handOffs(rig, 1)).toMatchObject([{ program: { pid: 5001 } }]);

    await rm(ledgerFile(rig));
    await mkdir(ledgerFile(rig));
    await credentialProcess(rig, 'default', 5002);
    await eventually(() => expect(told).toHaveLength(2));
  });
});
