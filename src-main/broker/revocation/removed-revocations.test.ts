import { DeleteUserPolicyCommand } from '@aws-sdk/client-iam';
import { describe, expect } from 'vitest';
import { iamClient } from '../../../testing/aws/clients/sdk-session.ts';
import { policyName, timeIn, withRevocations } from '../../../testing/rigs/revocation-rig.ts';

const it = withRevocations();

describe('removing a revocation', () => {
  it('removing a revocation opens the prompt, takes the policy off and forgets it, and is in the ledger', async ({ rig }) => {
    await rig.app.startSession();
    await rig.revoke();
    const waiting = rig.remove();
    await rig.app.answerPrompt();
    expect(await waiting).toEqual({ ok: true, value: { arn: rig.aws.alice.arn } });
    await expect(rig.userPolicy()).rejects.toThrow('cannot be found');
    expect(rig.kept()).toEqual({});
    expect(rig.app.store.state.notice).toMatchObject({ kind: 'revocation-removed', arn: rig.aws.alice.arn, policyName });
    expect(await rig.history()).toContainEqual(
      expect.objectContaining({ record: 'revocation-removed', profile: 'default', arn: rig.aws.alice.arn, policyName }),
    );
  });

  it('removing a revocation is done when the policy has gone already', async ({ rig }) => {
    await rig.app.startSession();
    await rig.revoke();
    await iamClient(rig.aws).send(new DeleteUserPolicyCommand({ UserName: 'alice', PolicyName: policyName }));
    await rig.app.startSession();
    expect((await rig.remove()).ok).toBe(true);
    expect(rig.kept()).toEqual({});
  });

  it('removing a revocation is for every profile with the same access key', async ({ rig }) => {
    await rig.app.startSession();
    await rig.revoke('default');
    await rig.app.startSession();
    expect(await rig.remove('other')).toEqual({ ok: true, value: { arn: rig.aws.alice.arn } });
  });

  it('removing a revocation keeps it when AWS does not let it go, and knows nothing of one that the app did not write', async ({ rig }) => {
    expect(await rig.remove()).toMatchObject({ ok: false, error: { code: 'revocation-none', params: { profile: 'default' } } });
    expect(rig.actions()).toEqual([]);
    await rig.app.startSession();
    await rig.revoke();
    await rig.app.startSession();
    expect(await rig.remove('deploy')).toMatchObject({ ok: false, error: { code: 'revocation-none' } });
    rig.aws.alice.withhold('iam:DeleteUserPolicy');
    expect(await rig.remove()).toMatchObject({ ok: false, error: { code: 'permission-denied', params: { action: 'iam:DeleteUserPolicy' } } });
    expect(Object.keys(rig.kept())).toEqual([rig.aws.alice.arn]);
    timeIn(await rig.userPolicy());
  });

  it('removing a revocation is not tried in another account, which the profile may mean by now', async ({ rig }) => {
    await rig.app.startSession();
    const strangers = 'arn:aws:iam::999999999999:user/alice';
    await rig.app.broker.settings.keepRevocations({ [strangers]: { profile: 'default', policyName, issuedBefore: 0, neededUntil: 1 } });
    expect(await rig.remove()).toMatchObject({ ok: false, error: { code: 'profile-changed' } });
    expect(rig.actions()).not.toContain('DeleteUserPolicy');
    expect(Object.keys(rig.kept())).toEqual([strangers]);
  });

  it('removing a revocation leaves alone what was revoked meanwhile', async ({ rig }) => {
    await rig.app.startSession();
    await rig.revoke();
    await rig.app.startSession();
    const deleting = rig.aws.faults.hold('iam:DeleteUserPolicy');
    const [removing, roleArn] = [rig.remove(), rig.aws.accounts.b.deployRoleArn];
    await deleting.arrived;
    const other = { profile: 'deploy', policyName, issuedBefore: 0, neededUntil: 1 };
    await rig.app.broker.settings.keepRevocations({ ...rig.kept(), [roleArn]: other });
    deleting.release();
    await removing;
    expect(rig.kept()).toEqual({ [roleArn]: other });
  });
});
