import { describe, expect } from 'vitest';
import { withBroker } from '../../../testing/rigs/broker-rig.ts';
import { eventually } from '../../../testing/processes/eventually.ts';

const it = withBroker();

describe('whose access key a prompt is for', () => {
  it('whose access key a prompt is for is asked once its window is on the screen; the device, and what stands between it and AWS, are looked for at once', async ({
    startRig,
  }) => {
    const rig = await startRig({ config: '[default]\nregion = us-east-1\n' });
    let isOnScreen = (): void => {};
    rig.promptOnScreen = new Promise((resolve) => (isOnScreen = resolve));
    const before = rig.aws.calls.length;
    rig.sessions.requestSession({ profile: 'default' });
    await rig.step('enter-code');
    const asked = () => rig.aws.calls.slice(before).map(({ action }) => action);
    expect(asked()).toEqual(['ListMFADevices']);
    expect(rig.store.content.prompt?.identity).toEqual({ kind: 'asking' });
    // To be seen before anybody types: this AWS is none of AWS's own.
    await eventually(() => expect(rig.store.content.prompt?.way).toMatchObject({ endpoint: rig.aws.endpoint }));
    isOnScreen();
    await eventually(() => expect(rig.store.content.prompt?.identity).toMatchObject({ kind: 'known', userName: 'alice' }));
    expect(asked()).toEqual(['ListMFADevices', 'GetCallerIdentity']);
  });
});

describe('the MFA device', () => {
  it('the MFA device is asked for once when it may not be listed, and remembered', async ({ rig }) => {
    rig.aws.alice.deny('iam:ListMFADevices');
    rig.sessions.requestSession({ profile: 'default' });
    expect(await rig.step('choose-device')).toMatchObject({ devices: [], reason: { code: 'mfa-device-lookup-denied' } });
    rig.sessions.chooseMfaDevice({ promptId: rig.promptId, serial: rig.aws.alice.mfaSerial });
    await rig.submit(await rig.aws.nextTotpCode());
    rig.sessions.endSession({ profile: 'default' });

    rig.sessions.requestSession({ profile: 'default' });
    expect((await rig.step('enter-code')).serial).toBe(rig.aws.alice.mfaSerial);
  });

  it('the MFA device is the one that the role profiles of the user name, where only they do, unless they name two', async ({ aws, startRig }) => {
    const role = (name: string, serial: string) =>
      `[profile ${name}]\nrole_arn = ${aws.accounts.b.deployRoleArn}\nsource_profile = default\nmfa_serial = ${serial}\n`;
    aws.alice.deny('iam:ListMFADevices');
    const one = role('deploy', aws.alice.mfaSerial);
    const withOne = await startRig({ config: `[default]\n${one}` });
    withOne.sessions.requestSession({ profile: 'default' });
    expect((await withOne.step('enter-code')).serial).toBe(aws.alice.mfaSerial);

    const withTwo = await startRig({ config: `[default]\n${one}${role('other', 'arn:aws:iam::111111111111:mfa/other')}` });
    withTwo.sessions.requestSession({ profile: 'default' });
    expect(await withTwo.step('choose-device')).toMatchObject({ reason: { code: 'mfa-device-lookup-denied' } });
  });

  it('the MFA device is refused when it is a security key, before a code is asked for', async ({ rig, onTestFinished }) => {
    const serial = 'arn:aws:iam::111111111111:u2f/user/alice/key';
    const { mfaDevices } = rig.aws.alice;
    const devices = mfaDevices.splice(0, 1, { kind: 'security-key', serialNumber: serial });
    onTestFinished(() => void mfaDevices.splice(0, 1, ...devices));
    rig.sessions.requestSession({ profile: 'default' });
    expect(await rig.step('choose-device')).toMatchObject({ reason: { code: 'mfa-device-unusable', params: { serial } } });
    rig.sessions.chooseMfaDevice({ promptId: rig.promptId, serial });
    expect(await rig.step('choose-device')).toMatchObject({ reason: { code: 'mfa-device-unusable' } });
  });

  it('a user who has no MFA device is named', async ({ rig, onTestFinished }) => {
    const { mfaDevices } = rig.aws.alice;
    const devices = mfaDevices.splice(0);
    onTestFinished(() => void mfaDevices.push(...devices));
    rig.sessions.requestSession({ profile: 'default' });
    expect(await rig.step('choose-device')).toMatchObject({ reason: { code: 'mfa-device-none', params: { userName: 'alice' } } });
  });

  it('the MFA device is asked for again when AWS does not know it', async ({ startRig }) => {
    const rig = await startRig({ config: '[default]\nmfa_serial = arn:aws:iam::111111111111:mfa/somebody-else\n' });
    await rig.startSession();
    expect(await rig.step('choose-device')).toMatchObject({
      reason: { code: 'mfa-serial-wrong', params: { serial: 'arn:aws:iam::111111111111:mfa/somebody-else', file: rig.store.state.files.config } },
    });
  });
});

describe('a refused code', () => {
  it.beforeEach(({ rig }) => rig.openPrompt());

  it('a refused code that was wrong leaves the prompt open for another', async ({ rig }) => {
    await rig.submit(rig.aws.alice.totpCode(0));
    expect(await rig.refusal()).toMatchObject({ code: 'mfa-code-wrong', params: { serial: rig.aws.alice.mfaSerial } });
    await rig.submit(await rig.aws.nextTotpCode());
    expect(rig.profile().session.kind).toBe('active');
  });

  it('a refused code that was used is not sent again, and the time of the next one is told', async ({ rig }) => {
    const code = await rig.aws.nextTotpCode();
    await rig.submit(code);
    await rig.openPrompt();
    const before = rig.aws.calls.length;
    const nextCodeAt = () => (Math.floor(Date.now() / 30_000) + 1) * 30_000;
    const earliest = nextCodeAt();
    await rig.submit(code);
    // A code may begin while this one is refused.
    expect(await rig.refusal()).toMatchObject({ code: 'mfa-code-used', params: { retryAt: expect.toBeOneOf([earliest, nextCodeAt()]) as number } });
    expect(rig.aws.calls.slice(before).filter(({ action }) => action === 'GetSessionToken')).toHaveLength(0);
    expect(rig.profile().session.kind).toBe('active');
  });

  it('a refused code says how far the clock is off', async ({ rig }) => {
    rig.aws.faults.clockOffsetSeconds = 900;
    await rig.submit('123456');
    const refused = (await rig.refusal()) as { code: string; params: { seconds: number } };
    expect(refused.code).toBe('clock-behind');
    expect(Math.abs(refused.params.seconds - 900)).toBeLessThan(5);
  });

  it('a code that AWS’s rate limit refuses says so, and is sent only once', async ({ rig }) => {
    rig.aws.faults.set('sts:GetSessionToken', { kind: 'throttled' });
    const before = rig.aws.calls.length;
    await rig.submit('123456');
    expect(await rig.refusal()).toMatchObject({ code: 'throttled' });
    expect(rig.aws.calls.slice(before).filter(({ action }) => action === 'GetSessionToken')).toHaveLength(1);
  });

  it('a refused code says when STS is down', async ({ rig }) => {
    rig.aws.faults.set('sts:GetSessionToken', { kind: 'unavailable' });
    await rig.submit('123456');
    expect(await rig.refusal()).toMatchObject({ code: 'service-failed', params: { service: 'STS', status: 503 } });
  });

  it('a refused code says when the network is down', async ({ rig }) => {
    rig.aws.faults.set('sts:GetSessionToken', { kind: 'dropped' });
    await rig.submit('123456');
    expect(await rig.refusal()).toMatchObject({ code: 'network-unreachable', params: { reason: 'ECONNRESET' } });
  });

  it('a refused code leaves nothing behind when the prompt is closed on it, as no field is left for another one', async ({ rig }) => {
    await rig.submit(rig.aws.alice.totpCode(0));
    await rig.step('enter-code');
    rig.cancelPrompt();
    expect(rig.profile().session).toEqual({ kind: 'none' });
  });

  it('what kept a code from AWS is still said in the panel when the prompt is closed on it', async ({ rig }) => {
    rig.aws.faults.set('sts:GetSessionToken', { kind: 'dropped' });
    await rig.submit('123456');
    await rig.refusal();
    rig.cancelPrompt();
    expect(rig.profile().session).toMatchObject({ kind: 'failed', error: { code: 'network-unreachable' } });
  });
});

describe('an access key', () => {
  it('an access key with a wrong secret is named as the reason', async ({ aws, startRig }) => {
    const rig = await startRig({ config: `[default]\nmfa_serial = ${aws.alice.mfaSerial}\n`, secret: 'wrong' });
    rig.sessions.requestSession({ profile: 'default' });
    await eventually(() =>
      expect(rig.store.state.prompt?.identity).toMatchObject({ kind: 'unknown', error: { code: 'access-key-secret-wrong', params: { profile: 'default' } } }),
    );
  });

  it('an access key that AWS cannot be asked about leaves the prompt with a way to try again', async ({ rig }) => {
    rig.aws.faults.set('iam:ListMFADevices', { kind: 'unavailable' });
    rig.sessions.requestSession({ profile: 'default' });
    await eventually(() => expect(rig.store.state.prompt?.step).toMatchObject({ kind: 'failed', error: { code: 'service-failed' } }));
    rig.aws.faults.clear();
    await rig.openPrompt();
  });
});

describe('the one prompt', () => {
  it('the one prompt names the role that a person clicked, whose session is made from the one that the code starts', async ({ aws, startRig }) => {
    const roleArn = aws.accounts.b.deployRoleArn;
    const rig = await startRig({
      config: `[default]\nmfa_serial = ${aws.alice.mfaSerial}\n[profile deploy]\nrole_arn = ${roleArn}\nsource_profile = default\n`,
    });
    rig.sessions.requestSession({ profile: 'deploy' });
    await rig.step('enter-code');
    expect(rig.store.state.prompt).toMatchObject({ profile: 'default', role: null, wantedFor: { profile: 'deploy', role: { roleArn, roleName: 'deploy' } } });
    rig.sessions.requestSession({ profile: 'default' });
    expect(rig.store.state.prompt?.wantedFor).toBeNull();
  });

  it('the one prompt comes to the front when it is asked for again', async ({ rig }) => {
    await rig.openPrompt();
    const first = rig.promptId;
    rig.sessions.requestSession({ profile: 'default' });
    expect(rig.promptId).toBe(first);
    expect(rig.raised).toBe(2);
  });

  it('the one prompt changes to another profile, and what it waits for changes with it', async ({ rig }) => {
    await rig.openPrompt();
    rig.sessions.requestSession({ profile: 'other' });
    expect(rig.store.state.prompt?.profile).toBe('other');
    expect(rig.profile().session.kind).toBe('none');
  });

  it('the one prompt lets a code that is on its way arrive, and then asks for the next profile', async ({ rig }) => {
    await rig.openPrompt();
    const submitted = rig.submit(await rig.aws.nextTotpCode());
    rig.sessions.requestSession({ profile: 'other' });
    rig.cancelPrompt();
    expect(rig.store.state.prompt?.profile).toBe('default');
    await submitted;
    expect(rig.profile().session.kind).toBe('active');
    expect(rig.store.state.prompt?.profile).toBe('other');
  });
});
