import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LocalAws } from '../../../testing/aws/local-aws.ts';
import { BrokerBench, resetAws, startAws } from '../../../testing/rigs/broker-rig.ts';

const hour = 3_600_000;
/** AWS files without an entry. */
const nothing = { profiles: [], problems: [], unusable: new Map(), aliases: new Map(), roles: new Map(), userProfiles: new Map(), madeFrom: new Map() };

let aws: LocalAws;
let bench: BrokerBench;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());
beforeEach(async () => {
  resetAws(aws);
  bench = await BrokerBench.start(aws);
});
afterEach(() => bench.close());

describe('starting a session', () => {
  it('finds the device, asks for the code, and holds eight hours of account A', async () => {
    bench.sessions.requestSession({ profile: 'default' });
    expect(bench.profile().session.kind).toBe('awaiting-mfa');
    expect((await bench.step('enter-code')).serial).toBe(aws.alice.mfaSerial);
    await vi.waitFor(() => expect(bench.store.state.prompt?.identity).toMatchObject({ kind: 'known', accountId: '111111111111', userName: 'alice' }));

    await bench.submit(await aws.nextTotpCode());

    const { session } = bench.profile();
    expect(session).toMatchObject({ kind: 'active', identity: { accountId: '111111111111', arn: aws.alice.arn } });
    expect(session.kind === 'active' && Math.round((session.expiresAt - session.issuedAt) / hour)).toBe(8);
    expect(bench.store.state.prompt).toBeNull();
    expect(bench.credentials()?.accessKeyId).toMatch(/^ASIA/);
  });

  it('uses mfa_serial without asking IAM', async () => {
    await bench.close();
    bench = await BrokerBench.start(aws, { config: `[default]\nmfa_serial = ${aws.alice.mfaSerial}\n` });
    const before = aws.calls.length;
    await bench.startSession();
    expect(aws.calls.slice(before).map(({ action }) => action)).not.toContain('ListMFADevices');
    expect(bench.profile().session.kind).toBe('active');
  });

  it('names the account by its alias as soon as AWS has told it', async () => {
    await bench.startSession();
    await vi.waitFor(() => expect(bench.profile().session).toMatchObject({ kind: 'active', identity: { accountAlias: 'example-dev' } }));
  });

  it('works without the alias when that may not be asked', async () => {
    aws.alice.deny('iam:ListAccountAliases');
    await bench.startSession();
    expect(bench.profile().session).toMatchObject({ kind: 'active', identity: { accountAlias: null } });
  });

  it('asks AWS once, however often the code is submitted', async () => {
    await bench.openPrompt();
    const before = aws.calls.length;
    const code = await aws.nextTotpCode();
    await Promise.all([bench.submit(code), bench.submit(code), bench.submit(code)]);
    expect(aws.calls.slice(before).filter(({ action }) => action === 'GetSessionToken')).toHaveLength(1);
  });

  it('never shows a secret in its state', async () => {
    await bench.startSession();
    const shown = JSON.stringify(bench.store.state);
    for (const secret of aws.secrets()) expect(shown).not.toContain(secret);
  });
});

describe('a held session', () => {
  it('stays in use while it is renewed, and when that fails', async () => {
    await bench.startSession();
    const before = bench.credentials();
    await bench.openPrompt();
    expect(bench.store.state.prompt?.purpose).toBe('renew');
    await bench.submit(aws.alice.totpCode(0));
    await bench.step('enter-code');
    expect(bench.profile().session.kind).toBe('active');
    expect(bench.credentials()).toBe(before);

    await bench.submit(await aws.nextTotpCode());
    expect(bench.credentials()).not.toBe(before);
    expect(bench.profile().session.kind).toBe('active');
  });

  it('is expired, and its secrets are gone, as soon as the wall clock says so', async () => {
    await bench.startSession();
    bench.ahead = 7.6 * hour;
    bench.broker.held.timePassed();
    expect(bench.profile().session.kind).toBe('expiring');
    bench.ahead = 8 * hour;
    bench.broker.held.timePassed();
    expect(bench.profile().session).toMatchObject({ kind: 'expired', identity: { accountId: '111111111111' } });
    expect(bench.credentials()).toBeNull();
  });

  it('ends when its profile gets the access key of somebody else, and not when the file says the same again', async () => {
    await bench.startSession();
    const { credentials } = bench.store.state.files;
    const text = await readFile(credentials, 'utf8');
    await writeFile(credentials, `# new comment\n${text}`);
    await bench.broker.loadConfig();
    expect(bench.profile().session.kind).toBe('active');

    await writeFile(credentials, text.replaceAll(aws.alice.accessKeyId, 'AKIASOMEBODYELSE'));
    await bench.broker.loadConfig();
    expect(bench.profile().session).toEqual({ kind: 'none' });
    expect(bench.credentials()).toBeNull();
  });

  it('is gone when it is ended', async () => {
    await bench.startSession();
    bench.sessions.endSession({ profile: 'default' });
    expect(bench.profile().session).toEqual({ kind: 'none' });
    expect(bench.credentials()).toBeNull();
    expect(bench.store.state.notice).toMatchObject({ kind: 'session-ended', profile: 'default' });
  });

  it('survives that its profile is taken out of the files', async () => {
    await bench.startSession();
    bench.sessions.configLoaded(nothing);
    expect(bench.store.state.profiles.map(({ name }) => name)).toEqual(['default']);
    bench.sessions.endSession({ profile: 'default' });
    bench.sessions.configLoaded(nothing);
    expect(bench.store.state.profiles).toEqual([]);
  });
});
