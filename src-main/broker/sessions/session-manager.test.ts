import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { withBroker } from '../../../testing/rigs/broker-rig.ts';
import { eventually } from '../../../testing/processes/eventually.ts';
import { leaksIn } from '../../../testing/secrets/leaks.ts';

const hour = 3_600_000;
/** AWS files without an entry. */
const nothing = {
  profiles: [],
  problems: [],
  unusable: new Map(),
  aliases: new Map(),
  places: [],
  mfaProcesses: new Map(),
  roles: new Map(),
  foreign: new Map(),
  userProfiles: new Map(),
  sources: new Map(),
  entries: [],
};

const it = withBroker();

describe('starting a session', () => {
  it('starting a session finds the device, asks for the code, and holds eight hours of account A', async ({ rig }) => {
    rig.sessions.requestSession({ profile: 'default' });
    expect(rig.profile().session.kind).toBe('awaiting-mfa');
    expect((await rig.step('enter-code')).serial).toBe(rig.aws.alice.mfaSerial);
    await eventually(() => expect(rig.store.state.prompt?.identity).toMatchObject({ kind: 'known', accountId: '111111111111', userName: 'alice' }));

    await rig.submit(await rig.aws.nextTotpCode());

    const { session } = rig.profile();
    expect(session).toMatchObject({ kind: 'active', identity: { accountId: '111111111111', arn: rig.aws.alice.arn } });
    expect(session.kind === 'active' && Math.round((session.expiresAt - session.issuedAt) / hour)).toBe(8);
    expect(rig.store.state.prompt).toBeNull();
    expect(rig.credentials()?.accessKeyId).toMatch(/^ASIA/);
  });

  it('starting a session uses mfa_serial without asking IAM', async ({ aws, startRig }) => {
    const rig = await startRig({ config: `[default]\nmfa_serial = ${aws.alice.mfaSerial}\n` });
    const before = rig.aws.calls.length;
    await rig.startSession();
    expect(rig.aws.calls.slice(before).map(({ action }) => action)).not.toContain('ListMFADevices');
    expect(rig.profile().session.kind).toBe('active');
  });

  it('starting a session names the account by its alias as soon as AWS has told it', async ({ rig }) => {
    await rig.startSession();
    await eventually(() => expect(rig.profile().session).toMatchObject({ kind: 'active', identity: { accountAlias: 'example-dev' } }));
  });

  it('starting a session works without the alias when that may not be asked', async ({ rig }) => {
    rig.aws.alice.deny('iam:ListAccountAliases');
    await rig.startSession();
    expect(rig.profile().session).toMatchObject({ kind: 'active', identity: { accountAlias: null } });
  });

  it('starting a session asks AWS once, however often the code is submitted', async ({ rig }) => {
    await rig.openPrompt();
    const before = rig.aws.calls.length;
    const code = await rig.aws.nextTotpCode();
    await Promise.all([rig.submit(code), rig.submit(code), rig.submit(code)]);
    expect(rig.aws.calls.slice(before).filter(({ action }) => action === 'GetSessionToken')).toHaveLength(1);
  });

  it('starting a session never shows a secret in its state', async ({ rig }) => {
    await rig.startSession();
    expect(leaksIn('the state', JSON.stringify(rig.store.state), rig.aws.secrets())).toEqual([]);
  });
});

describe('a held session', () => {
  it('a held session stays in use while it is renewed, and when that fails', async ({ rig }) => {
    await rig.startSession();
    const before = rig.credentials();
    await rig.openPrompt();
    expect(rig.store.state.prompt?.purpose).toBe('renew');
    await rig.submit(rig.aws.alice.totpCode(0));
    await rig.step('enter-code');
    expect(rig.profile().session.kind).toBe('active');
    expect(rig.credentials()).toBe(before);

    await rig.submit(await rig.aws.nextTotpCode());
    expect(rig.credentials()).not.toBe(before);
    expect(rig.profile().session.kind).toBe('active');
  });

  it('a held session is expired, and its secrets are gone, as soon as the wall clock says so', async ({ rig }) => {
    await rig.startSession();
    rig.ahead = 7.6 * hour;
    rig.broker.held.timePassed();
    expect(rig.profile().session.kind).toBe('expiring');
    rig.ahead = 8 * hour;
    rig.broker.held.timePassed();
    expect(rig.profile().session).toMatchObject({ kind: 'expired', identity: { accountId: '111111111111' } });
    expect(rig.credentials()).toBeNull();
  });

  it('a held session stays through a clock that jumps an hour ahead, back and behind, and one that has run out does not come back with it', async ({ rig }) => {
    await rig.startSession();
    const before = rig.credentials();
    expect(before).not.toBeNull();
    for (const hours of [1, 0, -1, 1]) {
      rig.ahead = hours * hour;
      rig.broker.held.timePassed();
      expect(rig.profile().session.kind).toBe('active');
      expect(rig.credentials()).toBe(before);
    }
    for (const hours of [8.5, 7.5, 0]) {
      rig.ahead = hours * hour;
      rig.broker.held.timePassed();
      expect(rig.profile().session.kind).toBe('expired');
      expect(rig.credentials()).toBeNull();
    }
  });

  it('a held session ends when its profile gets the access key of somebody else, and not when the file says the same again', async ({ rig }) => {
    await rig.startSession();
    const { credentials } = rig.store.state.files;
    const text = await readFile(credentials, 'utf8');
    await writeFile(credentials, `# new comment\n${text}`);
    await rig.broker.loadConfig();
    expect(rig.profile().session.kind).toBe('active');

    await writeFile(credentials, text.replaceAll(rig.aws.alice.accessKeyId, 'AKIASOMEBODYELSE'));
    await rig.broker.loadConfig();
    expect(rig.profile().session).toEqual({ kind: 'none' });
    expect(rig.credentials()).toBeNull();
  });

  it('a held session is gone when it is ended', async ({ rig }) => {
    await rig.startSession();
    rig.sessions.endSession({ profile: 'default' });
    expect(rig.profile().session).toEqual({ kind: 'none' });
    expect(rig.credentials()).toBeNull();
    expect(rig.store.state.notice).toMatchObject({ kind: 'session-ended', profile: 'default' });
  });

  it('a held session survives that its profile is taken out of the files', async ({ rig }) => {
    await rig.startSession();
    rig.sessions.configLoaded(nothing);
    expect(rig.store.state.profiles.map(({ name }) => name)).toEqual(['default']);
    rig.sessions.endSession({ profile: 'default' });
    rig.sessions.configLoaded(nothing);
    expect(rig.store.state.profiles).toEqual([]);
  });
});
