import { ListUserPoliciesCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { describe, expect } from 'vitest';
import { iamClient } from '../../../testing/aws/clients/sdk-session.ts';
import { policyName, timeIn, withRevocations } from '../../../testing/rigs/revocation-rig.ts';

const minute = 60_000;

const it = withRevocations();

describe('revoking the sessions of a user', () => {
  it('revoking the sessions of a user writes the policy that AWS documents, denies the old session and lets a new one work at once', async ({ rig }) => {
    await rig.app.startSession();
    const old = rig.credentials();
    expect(await rig.answerTo(old)).toBe('allowed');
    const before = Date.now();
    const revoked = await rig.revoke();
    const after = Date.now();
    const document = await rig.userPolicy();
    expect(revoked).toMatchObject({
      ok: true,
      value: {
        document,
        ends: ['default'],
        outlive: [],
        policyName,
        principal: { kind: 'user', name: 'alice', arn: rig.aws.alice.arn, accountId: '111111111111' },
      },
    });
    expect(await rig.answerTo(old)).toBe('AccessDenied');
    expect(rig.app.profile().session).toEqual({ kind: 'none' });
    expect(rig.app.credentials()).toBeNull();
    await rig.app.startSession();
    expect(await rig.answerTo(rig.credentials())).toBe('allowed');
    // The end of a second of the revocation.
    expect(Date.parse(timeIn(document))).toBeGreaterThan(before);
    expect(Date.parse(timeIn(document))).toBeLessThanOrEqual(after + 1000);
  });

  it('revoking the sessions of a user leaves all other inline policies as they were, byte for byte', async ({ rig }) => {
    const others = {
      AWSRevokeOlderSessions: '{ "Version":"2012-10-17",\n\t"Statement":[] }'.replace('[]', '[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]'),
      'Zürich+1': '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["*"],"Resource":["*"]}}',
    };
    for (const [PolicyName, PolicyDocument] of Object.entries(others))
      await iamClient(rig.aws).send(new PutUserPolicyCommand({ UserName: 'alice', PolicyName, PolicyDocument }));
    await rig.app.startSession();
    await rig.revoke();
    expect((await iamClient(rig.aws).send(new ListUserPoliciesCommand({ UserName: 'alice' }))).PolicyNames).toEqual([...Object.keys(others), policyName]);
    await rig.app.startSession();
    const removing = rig.remove();
    expect((await removing).ok).toBe(true);
    expect((await iamClient(rig.aws).send(new ListUserPoliciesCommand({ UserName: 'alice' }))).PolicyNames).toEqual(Object.keys(others));
    for (const [name, document] of Object.entries(others)) expect(await rig.userPolicy(name)).toBe(document);
  });

  it.for([240, -240])('revoking the sessions of a user goes by AWS’s clock, which may be %i s ahead of this machine’s', async (seconds, { rig }) => {
    rig.aws.faults.clockOffsetSeconds = seconds;
    await rig.app.startSession();
    const old = rig.credentials();
    const before = Date.now() + seconds * 1000;
    await rig.revoke();
    const after = Date.now() + seconds * 1000;
    const time = Date.parse(timeIn(await rig.userPolicy()));
    expect(time).toBeGreaterThan(before);
    expect(time).toBeLessThanOrEqual(after + 1000);
    expect(await rig.answerTo(old)).toBe('AccessDenied');
    await rig.app.startSession();
    expect(await rig.answerTo(rig.credentials())).toBe('allowed');
  });

  it.for([4, -4])(
    'revoking the sessions of a user is not led astray by a clock that was put %i minutes ahead after the session was started',
    async (minutes, { rig }) => {
      await rig.app.startSession();
      const old = rig.credentials();
      rig.app.ahead = minutes * minute;
      await rig.revoke();
      expect(await rig.answerTo(old)).toBe('AccessDenied');
      await rig.app.startSession();
      expect(await rig.answerTo(rig.credentials())).toBe('allowed');
    },
  );

  it('revoking a user’s sessions ends those of all profiles of the user, and lets go of the role sessions made from them, which AWS honours on', async ({
    rig,
  }) => {
    await rig.app.startSession();
    await rig.app.startSession('other');
    await rig.startRole('audit');
    const [audit, other] = [rig.credentials('audit'), rig.credentials('other')];
    expect(await rig.preview('other')).toMatchObject({ ok: true, value: { ends: ['default', 'other'], outlive: ['deploy', 'audit'] } });
    expect(await rig.revoke('other')).toMatchObject({ ok: true, value: { ends: ['default', 'other'], outlive: ['deploy', 'audit'] } });
    expect(new Set(rig.app.store.state.profiles.map(({ session }) => session.kind))).toEqual(new Set(['none']));
    expect([await rig.answerTo(other), await rig.answerTo(audit)]).toEqual(['AccessDenied', 'allowed']);
  });

  it('revoking the sessions of a user is in the ledger, with the sessions that it ended', async ({ rig }) => {
    await rig.app.startSession();
    const { accessKeyId } = rig.credentials();
    await rig.revoke();
    const issuedBefore = timeIn(await rig.userPolicy());
    const neededUntil = new Date(Date.parse(issuedBefore) + 36 * 60 * minute).toISOString().replace('.000', '');
    expect(rig.kept()).toEqual({
      [rig.aws.alice.arn]: { profile: 'default', policyName, issuedBefore: Date.parse(issuedBefore), neededUntil: Date.parse(neededUntil) },
    });
    expect(await rig.history()).toEqual([
      expect.objectContaining({ record: 'revoked', profile: 'default', arn: rig.aws.alice.arn, policyName, issuedBefore, neededUntil }),
      expect.objectContaining({ record: 'session', accessKeyId, ended: expect.objectContaining({ how: 'revoked' }) as unknown }),
    ]);
  });

  it('revoking the sessions of a user twice keeps one policy, with the later time', async ({ rig }) => {
    await rig.app.startSession();
    await rig.revoke();
    const first = timeIn(await rig.userPolicy());
    await rig.app.startSession('other');
    const second = rig.credentials('other');
    await rig.revoke('other');
    expect(Date.parse(timeIn(await rig.userPolicy()))).toBeGreaterThan(Date.parse(first));
    expect(await rig.answerTo(second)).toBe('AccessDenied');
    expect(Object.keys(rig.kept())).toEqual([rig.aws.alice.arn]);
    expect((await iamClient(rig.aws).send(new ListUserPoliciesCommand({ UserName: 'alice' }))).PolicyNames).toEqual([policyName]);
  });

  it('revoking the sessions of a user ends nothing when AWS does not let the policy be written, and names the action', async ({ rig }) => {
    await rig.app.startSession();
    rig.aws.alice.withhold('iam:PutUserPolicy');
    expect(await rig.revoke()).toMatchObject({ ok: false, error: { code: 'permission-denied', params: { action: 'iam:PutUserPolicy' } } });
    rig.aws.alice.withhold();
    rig.aws.alice.deny('iam:PutUserPolicy');
    expect(await rig.revoke()).toMatchObject({ ok: false, error: { code: 'permission-denied', params: { action: 'iam:PutUserPolicy' } } });
    expect(rig.app.profile().session.kind).toBe('active');
    expect(await rig.answerTo(rig.credentials())).toBe('allowed');
    expect(rig.kept()).toEqual({});
    expect(rig.app.store.state.prompt).toBeNull();
    expect(await rig.history()).toHaveLength(1);
  });

  it('revoking the sessions of a user goes on with a new session when the policy denied the one that wrote it, before the answer came', async ({ rig }) => {
    await rig.app.startSession();
    const old = rig.credentials();
    rig.aws.faults.setOnce('iam:PutUserPolicy', { kind: 'answer-dropped' });
    const waiting = rig.revoke();
    await rig.app.answerPrompt();
    expect((await waiting).ok).toBe(true);
    expect(await rig.answerTo(old)).toBe('AccessDenied');
    expect(Object.keys(rig.kept())).toEqual([rig.aws.alice.arn]);
  });
});

describe('a revocation without a session that AWS takes', () => {
  it('without a session that AWS takes, the preview asks for no code, and says what would be written', async ({ rig }) => {
    expect(await rig.preview()).toMatchObject({
      ok: true,
      value: { principal: { arn: rig.aws.alice.arn }, ends: [], outlive: [], consoleUrl: expect.stringContaining('/users/details/alice') as unknown },
    });
    expect(await rig.preview('deploy')).toMatchObject({
      ok: true,
      value: { principal: { kind: 'role', name: 'deploy', arn: rig.aws.accounts.b.deployRoleArn } },
    });
    expect(rig.app.store.state.prompt).toBeNull();
    expect(new Set(rig.actions())).toEqual(new Set(['GetCallerIdentity']));
  });

  it('the preview of a revocation is there too when AWS ended the session that was held', async ({ rig }) => {
    await rig.app.startSession();
    rig.aws.expireSessions();
    expect(await rig.preview()).toMatchObject({ ok: true, value: { principal: { arn: rig.aws.alice.arn } } });
    expect(rig.app.store.state.prompt).toBeNull();
  });

  it('revoking without a session opens the prompt, and ends the very session that it started', async ({ rig }) => {
    const waiting = rig.revoke();
    await rig.app.answerPrompt();
    expect(await waiting).toMatchObject({ ok: true, value: { ends: ['default'] } });
    expect(rig.app.profile().session.kind).toBe('none');
    timeIn(await rig.userPolicy());
  });

  it('without a session that AWS takes, nothing is written when the prompt is cancelled', async ({ rig }) => {
    const waiting = rig.revoke();
    await rig.app.step('enter-code');
    rig.app.cancelPrompt();
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'mfa-cancelled' } });
    expect(rig.actions()).not.toContain('PutUserPolicy');
  });

  it('a session that AWS refuses as expired leads to one new prompt, and not to a second', async ({ rig }) => {
    await rig.app.startSession();
    rig.aws.expireSessions();
    const writing = rig.aws.faults.hold('iam:PutUserPolicy');
    const waiting = rig.revoke();
    await rig.app.answerPrompt();
    await writing.arrived;
    rig.aws.expireSessions();
    writing.release();
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'session-expired' } });
    expect(rig.app.store.state.prompt).toBeNull();
    expect(rig.app.raised).toBe(2);
    expect(rig.kept()).toEqual({});
  });
});
