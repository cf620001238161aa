import { GetRolePolicyCommand } from '@aws-sdk/client-iam';
import { describe, expect } from 'vitest';
import { assumeRole, iamClient } from '../../../testing/aws/clients/sdk-session.ts';
import { policyName, timeIn, withRevocations } from '../../../testing/rigs/revocation-rig.ts';

const it = withRevocations();

describe('revoking the sessions of a role', () => {
  it('revoking the sessions of a role puts the policy on the role, and lets the user’s own session live', async ({ rig }) => {
    await rig.app.startSession();
    await rig.startRole('audit');
    const [user, deploy, audit] = [rig.credentials(), rig.credentials('deploy'), rig.credentials('audit')];
    const revoked = await rig.revoke('deploy');
    expect(revoked).toMatchObject({
      ok: true,
      value: { principal: { kind: 'role', name: 'deploy', accountId: '222222222222' }, ends: ['deploy'], outlive: ['audit'] },
    });
    expect(await Promise.all([user, deploy, audit].map((held) => rig.answerTo(held)))).toEqual(['allowed', 'AccessDenied', 'allowed']);
    expect(rig.app.profile().session.kind).toBe('active');
    expect([rig.app.profile('deploy'), rig.app.profile('audit')].map(({ session }) => session.kind)).toEqual(['none', 'none']);
    const fresh = await rig.startRole('deploy');
    expect(fresh.ok && (await rig.answerTo(fresh.value.credentials))).toBe('allowed');
    const { PolicyDocument: document = '' } = await iamClient(rig.aws, rig.credentials('deploy')).send(
      new GetRolePolicyCommand({ RoleName: 'deploy', PolicyName: policyName }),
    );
    const issuedBefore = Date.parse(timeIn(decodeURIComponent(document)));
    // The role itself says how long its sessions can last.
    expect(rig.kept()).toEqual({ [rig.aws.accounts.b.deployRoleArn]: { profile: 'deploy', policyName, issuedBefore, neededUntil: issuedBefore + 43_200_000 } });
  });

  it('revoking the sessions of a role reaches every session of the role, whoever has it, and none that comes after', async ({ rig }) => {
    await rig.app.startSession();
    const stolen = await assumeRole(rig.aws, rig.aws.alice, rig.aws.accounts.b.deployRoleArn);
    await rig.startRole('deploy');
    await rig.revoke('deploy');
    expect(await rig.answerTo(stolen)).toBe('AccessDenied');
    expect(await rig.answerTo(await assumeRole(rig.aws, rig.aws.alice, rig.aws.accounts.b.deployRoleArn))).toBe('allowed');
  });

  it('revoking the sessions of a role takes no code while the user has a session, and counts twelve hours where the role may not be looked at', async ({
    rig,
  }) => {
    await rig.app.startSession();
    rig.aws.withholdFromRole(rig.aws.accounts.b.deployRoleArn, 'iam:GetRole');
    const raised = rig.app.raised;
    const revoked = await rig.revoke('deploy');
    expect(revoked.ok && Date.parse(revoked.value.neededUntil) - Date.parse(timeIn(revoked.value.document))).toBe(43_200_000);
    expect(rig.app.raised).toBe(raised);
  });

  it('the policy on a role is needed for as long as the role’s own sessions can last, as the preview with one says', async ({ rig }) => {
    await rig.app.startSession();
    await rig.startRole('partner');
    const preview = await rig.preview('partner');
    expect(preview.ok && Date.parse(preview.value.neededUntil) - Date.parse(timeIn(preview.value.document))).toBe(3_600_000);
    expect(preview).toMatchObject({ ok: true, value: { ends: ['partner'], outlive: [] } });
  });

  it('revoking the sessions of a role names the action that the role may not do', async ({ rig }) => {
    await rig.app.startSession();
    rig.aws.withholdFromRole(rig.aws.accounts.b.deployRoleArn, 'iam:PutRolePolicy');
    expect(await rig.revoke('deploy')).toMatchObject({ ok: false, error: { code: 'permission-denied', params: { action: 'iam:PutRolePolicy' } } });
    expect(rig.app.profile('deploy').session.kind).toBe('active');
  });

  it('revoking the sessions of a role goes on with a new session of the role, and no code, when the answer was lost', async ({ rig }) => {
    await rig.app.startSession();
    await rig.startRole('deploy');
    const old = rig.credentials('deploy');
    const raised = rig.app.raised;
    rig.aws.faults.setOnce('iam:PutRolePolicy', { kind: 'answer-dropped' });
    expect(await rig.revoke('deploy')).toMatchObject({ ok: true, value: { ends: ['deploy'] } });
    expect(rig.app.raised).toBe(raised);
    expect(await rig.answerTo(old)).toBe('AccessDenied');
    expect(rig.app.profile().session.kind).toBe('active');
  });

  it('a revocation of a role’s sessions is taken back with a session of the role', async ({ rig }) => {
    await rig.app.startSession();
    await rig.revoke('deploy');
    expect(await rig.remove('deploy')).toEqual({ ok: true, value: { arn: rig.aws.accounts.b.deployRoleArn } });
    const gone = iamClient(rig.aws, rig.credentials('deploy')).send(new GetRolePolicyCommand({ RoleName: 'deploy', PolicyName: policyName }));
    await expect(gone).rejects.toThrow('cannot be found');
    expect(rig.kept()).toEqual({});
  });
});
