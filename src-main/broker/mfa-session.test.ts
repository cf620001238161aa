import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startLocalAws, type LocalAws } from '../../e2e/local-aws/local-aws.ts';
import { awsCalls } from '../aws/calls.ts';
import { loadAwsConfig } from '../aws/profiles.ts';
import { Settings } from '../contract/settings.ts';
import type { MfaPrompt, Profile } from '../contract/ui-state.ts';
import { SessionVault } from '../vault/session-vault.ts';
import { MfaPrompts } from './mfa-prompts.ts';
import { SessionManager } from './session-manager.ts';
import { settingsContent, SettingsManager } from './settings-manager.ts';
import { initialContent, UiStateStore } from './ui-state-store.ts';

// The real broker on the real SDK, against the local AWS of the e2e tests over HTTP.

const hour = 3_600_000;

let aws: LocalAws;
let folder: string;
let store: UiStateStore;
let vault: SessionVault;
let sessions: SessionManager;
let ahead: number;
let raised: number;

beforeAll(async () => {
  aws = await startLocalAws({ moto: 'never' });
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
});
afterAll(() => aws.close());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broker-'));
  aws.alice.deny();
  aws.faults.clear();
  aws.forgetUsedCodes();
  ahead = 0;
  raised = 0;
  await start({ config: '' });
});
afterEach(() => rm(folder, { recursive: true }));

async function start({ config, secret = aws.alice.secretAccessKey }: { config: string; secret?: string }): Promise<void> {
  const files = { config: join(folder, 'config'), credentials: join(folder, 'credentials') };
  const key = (name: string) => `[${name}]\naws_access_key_id = ${aws.alice.accessKeyId}\naws_secret_access_key = ${secret}\n`;
  await writeFile(files.credentials, key('default') + key('other'));
  await writeFile(files.config, config);
  const now = () => Date.now() + ahead;
  store = new UiStateStore(initialContent(settingsContent(Settings.parse({}), []), files));
  vault = new SessionVault();
  const keeper = { read: () => Settings.parse({}), write: () => ({ ok: true, value: null }) as const };
  const settings = new SettingsManager(keeper, [], store);
  const calls = awsCalls(files);
  const prompts = new MfaPrompts(store, {
    aws: calls,
    rememberedSerial: (profile) => store.content.settings.mfaSerials[profile] ?? null,
    rememberSerial: (profile, serial) => settings.rememberMfaSerial(profile, serial),
    raise: () => (raised += 1),
    configFile: files.config,
    now,
  });
  sessions = new SessionManager({ store, vault, prompts, aws: calls, now });
  sessions.configLoaded(await loadAwsConfig(files));
}

const profile = (name = 'default'): Profile => {
  const found = store.state.profiles.find((entry) => entry.name === name);
  if (found === undefined) throw new Error(`no profile ${name}`);
  return found;
};

/** Waits until the prompt is at a step of the kind, and returns that step. */
async function step<K extends MfaPrompt['step']['kind']>(kind: K): Promise<Extract<MfaPrompt['step'], { kind: K }>> {
  return vi.waitFor(() => {
    const current = store.state.prompt?.step;
    expect(current?.kind).toBe(kind);
    return current as Extract<MfaPrompt['step'], { kind: K }>;
  });
}

const promptId = (): string => store.state.prompt?.promptId ?? 'none';

async function submit(code: string): Promise<void> {
  await sessions.submitMfa({ promptId: promptId(), code });
}

async function startSession(name = 'default'): Promise<void> {
  sessions.requestSession({ profile: name });
  await step('enter-code');
  await submit(await aws.nextTotpCode());
}

/** Why the last code was refused. */
async function refusal(): Promise<unknown> {
  const { refused } = await step('enter-code');
  return refused;
}

describe('starting a session', () => {
  it('finds the device, asks for the code, and holds eight hours of account A', async () => {
    sessions.requestSession({ profile: 'default' });
    expect(profile().session.kind).toBe('awaiting-mfa');
    expect((await step('enter-code')).serial).toBe(aws.alice.mfaSerial);
    await vi.waitFor(() => expect(store.state.prompt?.identity).toMatchObject({ kind: 'known', accountId: '111111111111', userName: 'alice' }));

    await submit(await aws.nextTotpCode());

    const { session } = profile();
    expect(session).toMatchObject({ kind: 'active', identity: { accountId: '111111111111', arn: aws.alice.arn, accountAlias: 'example-dev' } });
    expect(session.kind === 'active' && Math.round((session.expiresAt - session.issuedAt) / hour)).toBe(8);
    expect(store.state.prompt).toBeNull();
    expect(vault.credentialsOf('default')?.accessKeyId).toMatch(/^ASIA/);
  });

  it('uses mfa_serial without asking IAM', async () => {
    await start({ config: `[default]\nmfa_serial = ${aws.alice.mfaSerial}\n` });
    const before = aws.calls.length;
    await startSession();
    expect(aws.calls.slice(before).map(({ action }) => action)).not.toContain('ListMFADevices');
    expect(profile().session.kind).toBe('active');
  });

  it('works without the alias when that may not be asked', async () => {
    aws.alice.deny('iam:ListAccountAliases');
    await startSession();
    expect(profile().session).toMatchObject({ kind: 'active', identity: { accountAlias: null } });
  });

  it('asks AWS once, however often the code is submitted', async () => {
    sessions.requestSession({ profile: 'default' });
    await step('enter-code');
    const before = aws.calls.length;
    const code = await aws.nextTotpCode();
    await Promise.all([submit(code), submit(code), submit(code)]);
    expect(aws.calls.slice(before).filter(({ action }) => action === 'GetSessionToken')).toHaveLength(1);
  });

  it('never shows a secret in its state', async () => {
    await startSession();
    const shown = JSON.stringify(store.state);
    for (const secret of aws.secrets()) expect(shown).not.toContain(secret);
  });
});

describe('the MFA device', () => {
  it('is asked for once when it may not be listed, and remembered', async () => {
    aws.alice.deny('iam:ListMFADevices');
    sessions.requestSession({ profile: 'default' });
    expect(await step('choose-device')).toMatchObject({ devices: [], reason: { code: 'mfa-device-lookup-denied' } });
    sessions.chooseMfaDevice({ promptId: promptId(), serial: aws.alice.mfaSerial });
    await submit(await aws.nextTotpCode());
    sessions.endSession({ profile: 'default' });

    sessions.requestSession({ profile: 'default' });
    expect((await step('enter-code')).serial).toBe(aws.alice.mfaSerial);
  });

  it('is refused when it is a security key, before a code is asked for', async () => {
    const serial = 'arn:aws:iam::111111111111:u2f/user/alice/key';
    const devices = aws.alice.mfaDevices.splice(0);
    aws.alice.mfaDevices.push({ kind: 'security-key', serialNumber: serial });
    sessions.requestSession({ profile: 'default' });
    expect(await step('choose-device')).toMatchObject({ reason: { code: 'mfa-device-unusable', params: { serial } } });
    sessions.chooseMfaDevice({ promptId: promptId(), serial });
    expect(await step('choose-device')).toMatchObject({ reason: { code: 'mfa-device-unusable' } });
    aws.alice.mfaDevices.splice(0, 1, ...devices);
  });

  it('is missed by its user’s name', async () => {
    const devices = aws.alice.mfaDevices.splice(0);
    sessions.requestSession({ profile: 'default' });
    expect(await step('choose-device')).toMatchObject({ reason: { code: 'mfa-device-none', params: { userName: 'alice' } } });
    aws.alice.mfaDevices.push(...devices);
  });

  it('is asked for again when AWS does not know it', async () => {
    await start({ config: '[default]\nmfa_serial = arn:aws:iam::111111111111:mfa/somebody-else\n' });
    sessions.requestSession({ profile: 'default' });
    await step('enter-code');
    await submit(await aws.nextTotpCode());
    expect(await step('choose-device')).toMatchObject({
      reason: { code: 'mfa-serial-wrong', params: { serial: 'arn:aws:iam::111111111111:mfa/somebody-else', file: store.state.files.config } },
    });
  });
});

describe('a refused code', () => {
  beforeEach(async () => {
    sessions.requestSession({ profile: 'default' });
    await step('enter-code');
  });

  it('that was wrong leaves the prompt open for another', async () => {
    await submit(aws.alice.totpCode(0));
    expect(await refusal()).toMatchObject({ code: 'mfa-code-wrong', params: { serial: aws.alice.mfaSerial } });
    await submit(await aws.nextTotpCode());
    expect(profile().session.kind).toBe('active');
  });

  it('that was used is not sent again, and the time of the next one is told', async () => {
    const code = await aws.nextTotpCode();
    await submit(code);
    sessions.requestSession({ profile: 'default' });
    await step('enter-code');
    const before = aws.calls.length;
    await submit(code);
    expect(await refusal()).toMatchObject({ code: 'mfa-code-used', params: { retryAt: Math.ceil(Date.now() / 30_000) * 30_000 } });
    expect(aws.calls.slice(before).filter(({ action }) => action === 'GetSessionToken')).toHaveLength(0);
    expect(profile().session.kind).toBe('active');
  });

  it('says how far the clock is off', async () => {
    aws.faults.clockOffsetSeconds = 900;
    await submit('123456');
    const refused = (await refusal()) as { code: string; params: { seconds: number } };
    expect(refused.code).toBe('clock-behind');
    expect(Math.abs(refused.params.seconds - 900)).toBeLessThan(5);
  });

  it('says when AWS limits the rate, and sends the code only once', async () => {
    aws.faults.set('sts:GetSessionToken', { kind: 'throttled' });
    const before = aws.calls.length;
    await submit('123456');
    expect(await refusal()).toMatchObject({ code: 'throttled' });
    expect(aws.calls.slice(before).filter(({ action }) => action === 'GetSessionToken')).toHaveLength(1);
  });

  it('says when STS is down', async () => {
    aws.faults.set('sts:GetSessionToken', { kind: 'unavailable' });
    await submit('123456');
    expect(await refusal()).toMatchObject({ code: 'service-failed', params: { service: 'STS', status: 503 } });
  });

  it('says when the network is', async () => {
    aws.faults.set('sts:GetSessionToken', { kind: 'dropped' });
    await submit('123456');
    expect(await refusal()).toMatchObject({ code: 'network-unreachable', params: { reason: 'ECONNRESET' } });
  });

  it('is kept in the panel when the prompt is closed on it', async () => {
    await submit(aws.alice.totpCode(0));
    await step('enter-code');
    sessions.cancelPrompt({ promptId: promptId() });
    expect(profile().session).toMatchObject({ kind: 'failed', error: { code: 'mfa-code-wrong' } });
  });
});

describe('an access key', () => {
  it('with a wrong secret is named as the reason', async () => {
    await start({ config: `[default]\nmfa_serial = ${aws.alice.mfaSerial}\n`, secret: 'wrong' });
    sessions.requestSession({ profile: 'default' });
    await vi.waitFor(() =>
      expect(store.state.prompt?.identity).toMatchObject({ kind: 'unknown', error: { code: 'access-key-secret-wrong', params: { profile: 'default' } } }),
    );
  });

  it('that AWS cannot be asked about leaves the prompt with a way to try again', async () => {
    aws.faults.set('iam:ListMFADevices', { kind: 'unavailable' });
    sessions.requestSession({ profile: 'default' });
    await vi.waitFor(() => expect(store.state.prompt?.step).toMatchObject({ kind: 'failed', error: { code: 'service-failed' } }), { timeout: 5000 });
    aws.faults.clear();
    sessions.requestSession({ profile: 'default' });
    await step('enter-code');
  });
});

describe('the one prompt', () => {
  it('comes to the front when it is asked for again', async () => {
    sessions.requestSession({ profile: 'default' });
    await step('enter-code');
    const first = promptId();
    sessions.requestSession({ profile: 'default' });
    expect(promptId()).toBe(first);
    expect(raised).toBe(2);
  });

  it('changes to another profile, and what it waits for changes with it', async () => {
    sessions.requestSession({ profile: 'default' });
    await step('enter-code');
    sessions.requestSession({ profile: 'other' });
    expect(store.state.prompt?.profile).toBe('other');
    expect(profile().session.kind).toBe('none');
  });

  it('lets a code that is on its way arrive, and then asks for the next profile', async () => {
    sessions.requestSession({ profile: 'default' });
    await step('enter-code');
    const submitted = submit(await aws.nextTotpCode());
    sessions.requestSession({ profile: 'other' });
    sessions.cancelPrompt({ promptId: promptId() });
    expect(store.state.prompt?.profile).toBe('default');
    await submitted;
    expect(profile().session.kind).toBe('active');
    expect(store.state.prompt?.profile).toBe('other');
  });
});

describe('a held session', () => {
  it('stays in use while it is renewed, and when that fails', async () => {
    await startSession();
    const before = vault.credentialsOf('default');
    sessions.requestSession({ profile: 'default' });
    await step('enter-code');
    expect(store.state.prompt?.purpose).toBe('renew');
    await submit(aws.alice.totpCode(0));
    await step('enter-code');
    expect(profile().session.kind).toBe('active');
    expect(vault.credentialsOf('default')).toBe(before);

    await submit(await aws.nextTotpCode());
    expect(vault.credentialsOf('default')).not.toBe(before);
    expect(profile().session.kind).toBe('active');
  });

  it('is expired, and its secrets are gone, as soon as the wall clock says so', async () => {
    await startSession();
    ahead = 7.6 * hour;
    sessions.timePassed();
    expect(profile().session.kind).toBe('expiring');
    ahead = 8 * hour;
    sessions.timePassed();
    expect(profile().session).toMatchObject({ kind: 'expired', identity: { accountId: '111111111111' } });
    expect(vault.credentialsOf('default')).toBeNull();
  });

  it('is gone when it is ended', async () => {
    await startSession();
    sessions.endSession({ profile: 'default' });
    expect(profile().session).toEqual({ kind: 'none' });
    expect(vault.credentialsOf('default')).toBeNull();
    expect(store.state.notice).toMatchObject({ kind: 'session-ended', profile: 'default' });
  });

  it('survives that its profile is taken out of the files', async () => {
    await startSession();
    sessions.configLoaded({ profiles: [], problems: [] });
    expect(store.state.profiles.map(({ name }) => name)).toEqual(['default']);
    sessions.endSession({ profile: 'default' });
    sessions.configLoaded({ profiles: [], problems: [] });
    expect(store.state.profiles).toEqual([]);
  });
});
