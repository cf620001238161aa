import { describe, expect } from 'vitest';
import { unknownProgram, withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { asksFor, callsOf } from '../../../testing/rigs/foreign-rig.ts';
import { personAnswers, portalConfig } from '../../../testing/rigs/sign-in-rig.ts';

const names = Array.from({ length: 8 }, (_none, index) => `role-${index}`);
const it = withBroker((aws) => ({
  config:
    portalConfig(aws.startUrl, Object.fromEntries(names.map((name) => [name, ['111111111111', 'AdministratorAccess'] as const]))) +
    `[profile sandbox]\nlogin_session = ${aws.alice.arn}\nregion = us-east-1\n`,
}));
const hour = 3_600_000;

function passed(rig: BrokerRig, ms: number): void {
  rig.ahead = ms;
  rig.aws.faults.clockOffsetSeconds = ms / 1000;
}

describe('a storm of refusals', () => {
  it('a portal that throttles programs which start together is asked again, and each of them gets its credentials after one page', async ({ aws, rig }) => {
    for (let times = 0; times < 20; times += 1) aws.faults.setOnce('sso:GetRoleCredentials', { kind: 'throttled' });
    const callers = names.map((name) => asksFor(rig, name));
    await personAnswers(rig, 'sato');
    expect((await Promise.all(callers)).map(({ ok }) => ok)).toEqual(names.map(() => true));
    expect(rig.signIns).toHaveLength(1);
  });

  it.for([
    ['a portal', 'role-0', 'sso-oidc:CreateToken', 'sato'],
    ['AWS Sign-In', 'sandbox', 'signin:CreateOAuth2Token', null],
  ] as const)('a code that %s throttles is offered again, so that nobody signs in twice', async ([, profile, action, user], { aws, rig }) => {
    for (let times = 0; times < 3; times += 1) aws.faults.setOnce(action, { kind: 'throttled' });
    const asked = asksFor(rig, profile);
    await personAnswers(rig, user ?? aws.alice.arn);
    expect(await asked).toMatchObject({ ok: true });
    expect(rig.signIns).toHaveLength(1);
  });

  it('a renewal that is throttled for some seconds loses nothing, and opens no page', async ({ aws, rig }) => {
    const first = asksFor(rig, 'role-0');
    await personAnswers(rig, 'sato');
    await first;
    passed(rig, 2 * hour);
    const before = callsOf(aws, 'CreateToken');
    for (let times = 0; times < 2; times += 1) aws.faults.setOnce('sso-oidc:CreateToken', { kind: 'throttled' });
    expect(await asksFor(rig, 'role-1')).toMatchObject({ ok: true });
    expect(callsOf(aws, 'CreateToken')).toBe(before + 3);
    expect(rig.signIns).toHaveLength(1);
  });

  it('a storm that lasts is a sentence, and the sign-in goes on after it without a page', { timeout: 90_000 }, async ({ aws, rig }) => {
    const first = asksFor(rig, 'role-0');
    await personAnswers(rig, 'sato');
    await first;
    passed(rig, 2 * hour);
    aws.faults.set('sso-oidc:CreateToken', { kind: 'throttled' });
    const patient = { ...unknownProgram(), waitMs: 55_000 } as const;
    expect(await rig.sessions.credentials('role-0', { minLeftMs: 0, requester: patient })).toMatchObject({ ok: false, error: { code: 'throttled' } });
    expect(rig.store.state.signIns).toMatchObject([{ state: { kind: 'active' } }, {}]);
    aws.faults.clear('sso-oidc:CreateToken');
    expect(await asksFor(rig, 'role-0')).toMatchObject({ ok: true });
    expect(rig.signIns).toHaveLength(1);
  });

  it('a renewal that takes its time keeps nobody waiting whose tokens last yet', async ({ aws, rig }) => {
    const first = asksFor(rig, 'sandbox');
    await personAnswers(rig, aws.alice.arn);
    await first;
    passed(rig, 12 * 60_000);
    const slow = aws.faults.hold('signin:CreateOAuth2Token');
    const started = performance.now();
    expect(await asksFor(rig, 'sandbox', 60_000)).toMatchObject({ ok: true });
    expect(performance.now() - started).toBeLessThan(8_000);
    const before = rig.credentials('sandbox')?.accessKeyId;
    slow.release();
    await rig.shows('fresh credentials', () => (rig.credentials('sandbox')?.accessKeyId === before ? undefined : true));
  });
});
