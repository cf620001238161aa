import { afterAll, beforeAll, describe, expect, it, vi, type TestContext } from 'vitest';
import { testCipher } from '../../../testing/samples/test-cipher.ts';
import { errorOf, mendStep, type RigOptions, rotated, RotationRig, stubEnvironment } from '../../../testing/rigs/rotation-rig.ts';

vi.setConfig({ maxConcurrency: 8 });
beforeAll(stubEnvironment);
afterAll(() => void vi.unstubAllEnvs());

describe.concurrent('a rotation that others meddle with', () => {
  const interrupted = async (context: TestContext, action: string, options: RigOptions = {}): Promise<RotationRig> => {
    const rig = await RotationRig.start(context, options);
    rig.aws.faults.set(action, { kind: 'failed' });
    expect((await rig.rotate()).ok).toBe(false);
    rig.aws.faults.clear();
    return rig;
  };

  it('a rotation that others meddle with deactivates nothing once the profile has a third key, and begins anew when the others are gone', async (context) => {
    const rig = await interrupted(context, 'sts:GetCallerIdentity');
    await rig.console('delete', rig.rotation?.newKeyId ?? '');
    const third = await rig.console('create');
    await rig.writeKey(third, 'default', 'other');
    expect(errorOf(await rig.rotate())).toMatchObject({ code: 'access-key-replaced', params: { profile: 'default', found: third.accessKeyId } });
    expect((await rig.keys()).map(({ active }) => active)).toEqual([true, true]);
    await rig.console('delete', rig.old.accessKeyId);
    expect((await rig.rotate()).ok).toBe(true);
    expect([await rig.works(third), await rig.works(await rig.kept())]).toEqual([false, true]);
    expect((await rig.deleteOld()).ok).toBe(true);
    expect((await rig.keys()).length).toBe(1);
  });

  it('a rotation that others meddle with does not deactivate the old key while the new one in its place does not work', async (context) => {
    const rig = await interrupted(context, 'iam:UpdateAccessKey');
    const key = await rig.kept();
    await rig.writeKey({ ...key, secretAccessKey: rig.old.secretAccessKey }, 'default', 'other');
    expect(errorOf(await rig.rotate())?.code).toBe('access-key-secret-wrong');
    await rig.writeKey(key, 'default', 'other');
    await rig.console('Inactive', key.accessKeyId);
    expect(errorOf(await rig.rotate())?.code).toBe('access-key-unknown');
    expect(await rig.works(rig.old)).toBe(true);
    await rig.console('Active', key.accessKeyId);
    expect(await rig.outcome(await rig.rotate())).toEqual(rotated);
  });

  it('a rotation that others meddle with leaves both keys alone when the old one was put back', async (context) => {
    const rig = await RotationRig.start(context);
    await rig.rotate();
    const key = await rig.kept();
    await rig.console('Active', rig.old.accessKeyId);
    await rig.writeKey(rig.old, 'default', 'other');
    expect(errorOf(await rig.deleteOld())?.code).toBe('rotation-none');
    expect(errorOf(await rig.rotate())).toMatchObject({ code: 'access-keys-two', params: { current: rig.old.accessKeyId, other: key.accessKeyId } });
    expect((await rig.keys()).map(({ active }) => active)).toEqual([true, true]);
    await rig.console('delete', key.accessKeyId);
    expect(await rig.outcome(await rig.rotate())).toEqual(rotated);
  });

  it('a rotation that others meddle with does not delete the old key once somebody activated it again, but deactivates it first', async (context) => {
    const rig = await RotationRig.start(context);
    await rig.rotate();
    await rig.console('Active', rig.old.accessKeyId);
    expect(errorOf(await rig.deleteOld())).toMatchObject({ code: 'rotation-none', params: { profile: 'default' } });
    expect(await rig.works(rig.old)).toBe(true);
    expect(await rig.outcome(await rig.rotate())).toEqual(rotated);
    expect((await rig.deleteOld()).ok).toBe(true);
  });

  it('a rotation that others meddle with is over when somebody has deleted the old key', async (context) => {
    const rig = await interrupted(context, 'iam:UpdateAccessKey');
    await rig.console('delete', rig.old.accessKeyId);
    expect(await rig.rotate()).toMatchObject({ ok: true, value: { rotation: null, keys: [{ active: true, current: true }] } });
    expect(rig.settings.rotations).toEqual({});
  });

  it('a rotation that others meddle with makes another key when somebody has deleted the new one', async (context) => {
    const rig = await interrupted(context, 'sts:GetCallerIdentity');
    await rig.console('delete', rig.rotation?.newKeyId ?? '');
    expect(await rig.outcome(await rig.rotate())).toEqual(rotated);
  });

  it.for([
    { whose: 'was made at another time', days: 1, used: false },
    { whose: 'was used', days: 0, used: true },
  ])('a rotation that others meddle with never deletes a key that $whose, when AWS failed to make one', async ({ days, used }, context) => {
    const rig = await interrupted(context, 'iam:CreateAccessKey');
    const other = await rig.console('create');
    if (used) await rig.works(other);
    rig.aws.ageAccessKey(other.accessKeyId, days);
    expect(errorOf(await rig.rotate())).toMatchObject({ code: 'access-keys-two', params: { other: other.accessKeyId } });
    expect(await rig.works(other)).toBe(true);
  });

  it('a rotation that others meddle with never deletes a key where IAM may not say whether it was used', async (context) => {
    const rig = await RotationRig.start(context);
    rig.aws.faults.set('iam:CreateAccessKey', { kind: 'answer-dropped' });
    await rig.rotate();
    mendStep(rig);
    rig.aws.alice.withhold('iam:GetAccessKeyLastUsed');
    expect(errorOf(await rig.rotate())?.code).toBe('access-keys-two');
    expect((await rig.keys()).length).toBe(2);
  });

  it('a rotation that others meddle with waits for a locked keychain that has the new key', async (context) => {
    const cipher = testCipher();
    const rig = await interrupted(context, 'sts:GetCallerIdentity', { cipher });
    const newKeyId = rig.rotation?.newKeyId;
    cipher.becomes('keychain-locked');
    await rig.restart();
    expect(errorOf(await rig.rotate())?.code).toBe('keychain-locked');
    expect((await rig.keys()).map(({ id }) => id)).toEqual([rig.old.accessKeyId, newKeyId]);
    cipher.becomes('available');
    expect(await rig.outcome(await rig.rotate())).toEqual(rotated);
    expect((await rig.kept()).accessKeyId).toBe(newKeyId);
  });

  it('a rotation that others meddle with refuses a profile whose key the user has no more', async (context) => {
    const rig = await RotationRig.start(context);
    await rig.console('delete', rig.old.accessKeyId);
    expect(errorOf(await rig.rotate())).toMatchObject({ code: 'access-key-unknown', params: { profile: 'default' } });
    expect(await rig.keys()).toEqual([]);
  });
});
