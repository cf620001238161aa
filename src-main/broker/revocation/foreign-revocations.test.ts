import { describe, expect } from 'vitest';
import { assumeRole, startBaseSession } from '../../../testing/aws/clients/sdk-session.ts';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { answerCommand, asksFor, callsOf, printed, printing } from '../../../testing/rigs/foreign-rig.ts';
import { personAnswers, portalConfig, signInStep } from '../../../testing/rigs/sign-in-rig.ts';

const it = withBroker();
const command = '[profile corp]\ncredential_process = corp-sso\n';
const login = (arn: string) => `[profile sandbox]\nlogin_session = ${arn}\nregion = us-east-1\n`;

const revoke = (rig: BrokerRig, profile: string) => {
  rig.confirms = true;
  return rig.broker.apiHandlers.revoke({ profile }, { signal: new AbortController().signal });
};
const preview = (rig: BrokerRig, profile: string) => rig.broker.apiHandlers.revocation({ profile }, { signal: new AbortController().signal });

describe('revoking the sessions of a foreign source', () => {
  it('revoking the sessions of a permission set is refused with what can be done, without a page, whether somebody is signed in or not', async ({
    aws,
    startRig,
  }) => {
    const rig = await startRig({ config: portalConfig(aws.startUrl, { dev: ['111111111111', 'AdministratorAccess'] }) });
    const refused = {
      ok: false,
      error: { code: 'revoke-permission-set', params: { profile: 'dev', role: 'AdministratorAccess', account: '111111111111' } },
    };
    expect(await preview(rig, 'dev')).toMatchObject(refused);
    expect(await revoke(rig, 'dev')).toMatchObject(refused);
    expect(rig.store.state.signInPrompt).toBeNull();
    const asked = asksFor(rig, 'dev');
    await personAnswers(rig, 'sato');
    await asked;
    expect(await preview(rig, 'dev')).toMatchObject(refused);
    expect(rig.profile('dev').session.kind).toBe('active');
  });

  it('revoking the sessions of a permission set that a program gives is refused like those of the portal itself', async ({ aws, startRig }) => {
    const portal = await startRig({ config: portalConfig(aws.startUrl, { dev: ['111111111111', 'AdministratorAccess'] }) });
    const asked = asksFor(portal, 'dev');
    await personAnswers(portal, 'sato');
    const given = await asked;
    if (!given.ok) throw new Error('no session');
    const { expiresAt, ...keys } = given.value.credentials;
    const rig = await startRig({ config: command });
    await rig.addProgram('corp-sso', printing(printed({ ...keys, expiration: new Date(expiresAt) })));
    const used = asksFor(rig, 'corp');
    await answerCommand(rig);
    await used;
    expect(await preview(rig, 'corp')).toMatchObject({ ok: false, error: { code: 'revoke-permission-set', params: { profile: 'corp' } } });
  });

  it('revoking the sessions of an AWS sign-in ends the sign-in too, so that what comes next is of a person who signed in after it', async ({
    aws,
    startRig,
  }) => {
    const rig = await startRig({ config: login(aws.alice.arn) });
    const first = asksFor(rig, 'sandbox');
    await personAnswers(rig, aws.alice.arn);
    const given = await first;
    expect(await revoke(rig, 'sandbox')).toMatchObject({ ok: true, value: { principal: { kind: 'user', name: 'alice' }, ends: ['sandbox'] } });
    expect(rig.store.state.signIns).toMatchObject([{ state: { kind: 'none' } }]);
    const again = asksFor(rig, 'sandbox');
    await signInStep(rig, 'browser');
    await personAnswers(rig, aws.alice.arn);
    const renewed = await again;
    expect(renewed).toMatchObject({ ok: true });
    expect(renewed.ok && given.ok && renewed.value.credentials.accessKeyId !== given.value.credentials.accessKeyId).toBe(true);
  });

  it('a revoked session that its source gives again is handed to nobody, also after a restart of the app', async ({ aws, startRig }) => {
    const rig = await startRig({ config: command });
    await rig.addProgram('corp-sso', printing(printed(await startBaseSession(aws))));
    const first = asksFor(rig, 'corp');
    await answerCommand(rig);
    expect(await first).toMatchObject({ ok: true });
    expect(await revoke(rig, 'corp')).toMatchObject({ ok: true, value: { ends: ['corp'] } });
    const refused = { ok: false, error: { code: 'foreign-revoked', params: { profile: 'corp' } } };
    expect(await asksFor(rig, 'corp')).toMatchObject(refused);
    const next = await rig.restarted();
    expect(await asksFor(next, 'corp')).toMatchObject(refused);
    // Another session of the same user is none of those that were revoked.
    await next.addProgram('corp-sso', printing(printed(await startBaseSession(aws))));
    expect(await asksFor(next, 'corp')).toMatchObject({ ok: true });
  });

  it('revoking the sessions of a role that a program gives puts the policy on that role', async ({ aws, startRig }) => {
    const rig = await startRig({ config: command });
    await rig.addProgram('corp-sso', printing(printed(await assumeRole(aws, aws.alice, aws.accounts.b.deployRoleArn))));
    const first = asksFor(rig, 'corp');
    await answerCommand(rig);
    await first;
    const before = callsOf(aws, 'PutRolePolicy');
    expect(await revoke(rig, 'corp')).toMatchObject({ ok: true, value: { principal: { kind: 'role', name: 'deploy', accountId: '222222222222' } } });
    expect(callsOf(aws, 'PutRolePolicy')).toBe(before + 1);
    expect(await asksFor(rig, 'corp')).toMatchObject({ ok: false, error: { code: 'foreign-revoked' } });
  });

  it('a profile without a session, whose source has not been asked, says so in place of a preview', async ({ startRig }) => {
    const rig = await startRig({ config: command });
    expect(await preview(rig, 'corp')).toMatchObject({ ok: false, error: { code: 'session-none', params: { profile: 'corp' } } });
  });
});
