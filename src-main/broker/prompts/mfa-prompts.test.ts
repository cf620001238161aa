import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LocalAws } from '../../../testing/aws/local-aws.ts';
import { BrokerBench, resetAws, startAws } from '../../../testing/rigs/broker-rig.ts';

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

describe('the MFA device', () => {
  it('is asked for once when it may not be listed, and remembered', async () => {
    aws.alice.deny('iam:ListMFADevices');
    bench.sessions.requestSession({ profile: 'default' });
    expect(await bench.step('choose-device')).toMatchObject({ devices: [], reason: { code: 'mfa-device-lookup-denied' } });
    bench.sessions.chooseMfaDevice({ promptId: bench.promptId, serial: aws.alice.mfaSerial });
    await bench.submit(await aws.nextTotpCode());
    bench.sessions.endSession({ profile: 'default' });

    bench.sessions.requestSession({ profile: 'default' });
    expect((await bench.step('enter-code')).serial).toBe(aws.alice.mfaSerial);
  });

  it('is the one that the role profiles of the user name, where only they do, unless they name two', async () => {
    const role = (name: string, serial: string) =>
      `[profile ${name}]\nrole_arn = ${aws.accounts.b.deployRoleArn}\nsource_profile = default\nmfa_serial = ${serial}\n`;
    await bench.close();
    bench = await BrokerBench.start(aws, { config: `[default]\n${role('deploy', aws.alice.mfaSerial)}` });
    aws.alice.deny('iam:ListMFADevices');
    bench.sessions.requestSession({ profile: 'default' });
    expect((await bench.step('enter-code')).serial).toBe(aws.alice.mfaSerial);

    await bench.close();
    bench = await BrokerBench.start(aws, {
      config: `[default]\n${role('deploy', aws.alice.mfaSerial)}${role('other', 'arn:aws:iam::111111111111:mfa/other')}`,
    });
    bench.sessions.requestSession({ profile: 'default' });
    expect(await bench.step('choose-device')).toMatchObject({ reason: { code: 'mfa-device-lookup-denied' } });
  });

  it('is refused when it is a security key, before a code is asked for', async () => {
    const serial = 'arn:aws:iam::111111111111:u2f/user/alice/key';
    const devices = aws.alice.mfaDevices.splice(0);
    aws.alice.mfaDevices.push({ kind: 'security-key', serialNumber: serial });
    bench.sessions.requestSession({ profile: 'default' });
    expect(await bench.step('choose-device')).toMatchObject({ reason: { code: 'mfa-device-unusable', params: { serial } } });
    bench.sessions.chooseMfaDevice({ promptId: bench.promptId, serial });
    expect(await bench.step('choose-device')).toMatchObject({ reason: { code: 'mfa-device-unusable' } });
    aws.alice.mfaDevices.splice(0, 1, ...devices);
  });

  it('is missed by its user’s name', async () => {
    const devices = aws.alice.mfaDevices.splice(0);
    bench.sessions.requestSession({ profile: 'default' });
    expect(await bench.step('choose-device')).toMatchObject({ reason: { code: 'mfa-device-none', params: { userName: 'alice' } } });
    aws.alice.mfaDevices.push(...devices);
  });

  it('is asked for again when AWS does not know it', async () => {
    await bench.close();
    bench = await BrokerBench.start(aws, { config: '[default]\nmfa_serial = arn:aws:iam::111111111111:mfa/somebody-else\n' });
    await bench.openPrompt();
    await bench.submit(await aws.nextTotpCode());
    expect(await bench.step('choose-device')).toMatchObject({
      reason: { code: 'mfa-serial-wrong', params: { serial: 'arn:aws:iam::111111111111:mfa/somebody-else', file: bench.store.state.files.config } },
    });
  });
});

describe('a refused code', () => {
  beforeEach(async () => {
    await bench.openPrompt();
  });

  it('that was wrong leaves the prompt open for another', async () => {
    await bench.submit(aws.alice.totpCode(0));
    expect(await bench.refusal()).toMatchObject({ code: 'mfa-code-wrong', params: { serial: aws.alice.mfaSerial } });
    await bench.submit(await aws.nextTotpCode());
    expect(bench.profile().session.kind).toBe('active');
  });

  it('that was used is not sent again, and the time of the next one is told', async () => {
    const code = await aws.nextTotpCode();
    await bench.submit(code);
    await bench.openPrompt();
    const before = aws.calls.length;
    await bench.submit(code);
    expect(await bench.refusal()).toMatchObject({ code: 'mfa-code-used', params: { retryAt: Math.ceil(Date.now() / 30_000) * 30_000 } });
    expect(aws.calls.slice(before).filter(({ action }) => action === 'GetSessionToken')).toHaveLength(0);
    expect(bench.profile().session.kind).toBe('active');
  });

  it('says how far the clock is off', async () => {
    aws.faults.clockOffsetSeconds = 900;
    await bench.submit('123456');
    const refused = (await bench.refusal()) as { code: string; params: { seconds: number } };
    expect(refused.code).toBe('clock-behind');
    expect(Math.abs(refused.params.seconds - 900)).toBeLessThan(5);
  });

  it('says when AWS limits the rate, and sends the code only once', async () => {
    aws.faults.set('sts:GetSessionToken', { kind: 'throttled' });
    const before = aws.calls.length;
    await bench.submit('123456');
    expect(await bench.refusal()).toMatchObject({ code: 'throttled' });
    expect(aws.calls.slice(before).filter(({ action }) => action === 'GetSessionToken')).toHaveLength(1);
  });

  it('says when STS is down', async () => {
    aws.faults.set('sts:GetSessionToken', { kind: 'unavailable' });
    await bench.submit('123456');
    expect(await bench.refusal()).toMatchObject({ code: 'service-failed', params: { service: 'STS', status: 503 } });
  });

  it('says when the network is', async () => {
    aws.faults.set('sts:GetSessionToken', { kind: 'dropped' });
    await bench.submit('123456');
    expect(await bench.refusal()).toMatchObject({ code: 'network-unreachable', params: { reason: 'ECONNRESET' } });
  });

  it('is kept in the panel when the prompt is closed on it', async () => {
    await bench.submit(aws.alice.totpCode(0));
    await bench.step('enter-code');
    bench.sessions.cancelPrompt({ promptId: bench.promptId });
    expect(bench.profile().session).toMatchObject({ kind: 'failed', error: { code: 'mfa-code-wrong' } });
  });
});

describe('an access key', () => {
  it('with a wrong secret is named as the reason', async () => {
    await bench.close();
    bench = await BrokerBench.start(aws, { config: `[default]\nmfa_serial = ${aws.alice.mfaSerial}\n`, secret: 'wrong' });
    bench.sessions.requestSession({ profile: 'default' });
    await vi.waitFor(() =>
      expect(bench.store.state.prompt?.identity).toMatchObject({ kind: 'unknown', error: { code: 'access-key-secret-wrong', params: { profile: 'default' } } }),
    );
  });

  it('that AWS cannot be asked about leaves the prompt with a way to try again', async () => {
    aws.faults.set('iam:ListMFADevices', { kind: 'unavailable' });
    bench.sessions.requestSession({ profile: 'default' });
    await vi.waitFor(() => expect(bench.store.state.prompt?.step).toMatchObject({ kind: 'failed', error: { code: 'service-failed' } }), { timeout: 5000 });
    aws.faults.clear();
    await bench.openPrompt();
  });
});

describe('the one prompt', () => {
  it('comes to the front when it is asked for again', async () => {
    await bench.openPrompt();
    const first = bench.promptId;
    bench.sessions.requestSession({ profile: 'default' });
    expect(bench.promptId).toBe(first);
    expect(bench.raised).toBe(2);
  });

  it('changes to another profile, and what it waits for changes with it', async () => {
    await bench.openPrompt();
    bench.sessions.requestSession({ profile: 'other' });
    expect(bench.store.state.prompt?.profile).toBe('other');
    expect(bench.profile().session.kind).toBe('none');
  });

  it('lets a code that is on its way arrive, and then asks for the next profile', async () => {
    await bench.openPrompt();
    const submitted = bench.submit(await aws.nextTotpCode());
    bench.sessions.requestSession({ profile: 'other' });
    bench.sessions.cancelPrompt({ promptId: bench.promptId });
    expect(bench.store.state.prompt?.profile).toBe('default');
    await submitted;
    expect(bench.profile().session.kind).toBe('active');
    expect(bench.store.state.prompt?.profile).toBe('other');
  });
});
