import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AccessKeyVault } from '../../vault/access-key-vault.ts';
import { testCipher } from '../../../testing/samples/test-cipher.ts';
import { breakStep, callFaults, errorOf, mendStep, rotated, RotationRig, stubEnvironment, user } from '../../../testing/rigs/rotation-rig.ts';
import { eventually } from '../../../testing/processes/eventually.ts';

vi.setConfig({ maxConcurrency: 8 });
beforeAll(stubEnvironment);
afterAll(() => void vi.unstubAllEnvs());

describe.concurrent('a rotation', () => {
  it('a rotation makes a second key, puts it in the old one’s place, deactivates the old one, and deletes it when asked', async (context) => {
    const rig = await RotationRig.start(context);
    const before = await readFile(rig.app.store.state.files.credentials, 'utf8');
    const config = await readFile(rig.app.store.state.files.config, 'utf8');
    const session = rig.app.credentials();
    expect(await rig.outcome(await rig.rotate())).toEqual(rotated);
    await eventually(async () => expect(await rig.ledger()).toEqual(['new created', 'new put-in-place', 'old deactivated']));
    const key = await rig.kept();
    const expected = before.replaceAll(rig.old.accessKeyId, () => key.accessKeyId).replaceAll(rig.old.secretAccessKey, () => key.secretAccessKey);
    expect(await readFile(rig.app.store.state.files.credentials, 'utf8')).toBe(expected);
    expect(await readFile(rig.app.store.state.files.config, 'utf8')).toBe(config);
    expect(rig.app.credentials()).toEqual(session);

    const deleted = await rig.deleteOld();
    expect(deleted).toMatchObject({ ok: true, value: { rotation: null, keys: [{ accessKeyId: key.accessKeyId, active: true, current: true }] } });
    expect([rig.settings.rotations, await rig.keys()]).toEqual([{}, [{ id: key.accessKeyId, active: true }]]);
    await eventually(async () => expect((await rig.ledger()).at(-1)).toBe('old deleted'));
    expect(rig.app.credentials()).toEqual(session);
    expect(await rig.leaks(deleted)).toEqual([]);
  });

  it('a rotation leaves the sessions that there are, of roles too, also after a restart', async (context) => {
    const rig = await RotationRig.start(context, { cipher: testCipher() });
    const role = await rig.app.sessions.credentials('deploy', { minLeftMs: 0, requester: user });
    const base = rig.app.credentials();
    expect([role.ok, base === null]).toEqual([true, false]);
    expect(await rig.outcome(await rig.rotate())).toEqual(rotated);
    await rig.deleteOld();
    expect(rig.app.credentials('deploy')).toEqual(role.ok && role.value.credentials);
    await rig.restart();
    expect(rig.app.credentials()).toEqual(base);
    expect((await rig.app.sessions.credentials('deploy', { minLeftMs: 0, requester: user })).ok).toBe(true);
    await rig.app.broker.loadConfig();
    expect(rig.app.credentials()).toEqual(base);
  });

  it('a rotation keeps a role session that was on its way while the key was replaced', async (context) => {
    const rig = await RotationRig.start(context);
    const assuming = rig.aws.faults.hold('sts:AssumeRole');
    const issued = rig.app.sessions.credentials('deploy', { minLeftMs: 0, requester: user });
    await assuming.arrived;
    expect((await rig.rotate()).ok).toBe(true);
    assuming.release();
    expect((await issued).ok).toBe(true);
    expect(rig.app.credentials('deploy')).not.toBeNull();
    await rig.app.broker.loadConfig();
    expect(rig.app.credentials('deploy')).not.toBeNull();
  });

  it('a rotation gives the keychain the new key where the keychain has the old one, and the files where they have it', async (context) => {
    const cipher = testCipher();
    const rig = await RotationRig.start(context, { kept: 'keychain', cipher });
    const vault = new AccessKeyVault({ cipher, file: `${rig.app.store.state.desktop.dataFolder}/vault/access-keys` });
    expect((await rig.rotate()).ok).toBe(true);
    const key = await vault.read('default');
    expect(key).toEqual({ ok: true, value: await rig.kept('other') });
    expect([key.ok && (await rig.works(key.value)), await rig.works(rig.old)]).toEqual([true, false]);
    expect(rig.app.profile().accessKey).toBe('keychain');
    await rig.restart();
    expect(rig.app.credentials()).not.toBeNull();
    expect((await rig.deleteOld()).ok).toBe(true);
  });

  it('a rotation of a key in the files reaches another profile that has it in the keychain', async (context) => {
    const cipher = testCipher();
    const rig = await RotationRig.start(context, { cipher });
    await rig.app.broker.profileChanges.moveAccessKey({ profile: 'other', to: 'keychain' });
    expect((await rig.rotate()).ok).toBe(true);
    const vault = new AccessKeyVault({ cipher, file: `${rig.app.store.state.desktop.dataFolder}/vault/access-keys` });
    expect(await vault.read('other')).toEqual({ ok: true, value: await rig.kept() });
  });

  it('a rotation is begun for one profile and ended for another that has the same key', async (context) => {
    const rig = await RotationRig.start(context);
    await rig.rotate();
    await rig.app.startSession('other');
    expect((await rig.deleteOld('other')).ok).toBe(true);
    expect([rig.settings.rotations, (await rig.keys()).length]).toEqual([{}, 1]);
    const createdAt = rig.settings.accessKeyDates['default'];
    expect(createdAt?.accessKeyId).toBe((await rig.kept()).accessKeyId);
    expect(rig.settings.accessKeyDates['other']).toEqual(createdAt);
  });

  it('a rotation says that there are two keys already, and changes nothing', async (context) => {
    const rig = await RotationRig.start(context);
    const other = await rig.console('create');
    const refused = await rig.rotate();
    expect(errorOf(refused)).toMatchObject({ code: 'access-keys-two', params: { userName: 'alice', current: rig.old.accessKeyId, other: other.accessKeyId } });
    expect(rig.rotation).toBeUndefined();
    expect((await rig.keys()).map(({ active }) => active)).toEqual([true, true]);
    await rig.console('delete', other.accessKeyId);
    expect(await rig.outcome(await rig.rotate())).toEqual(rotated);
  });

  it('a rotation says that there are two keys when the second one came between the look and the call', async (context) => {
    const rig = await RotationRig.start(context);
    const creating = rig.aws.faults.hold('iam:CreateAccessKey');
    const rotating = rig.rotate();
    await creating.arrived;
    expect(rig.rotation?.done).toBe('begun');
    const other = await rig.console('create');
    creating.release();
    const refused = await rotating;
    const codes = [errorOf(refused)?.code, rig.rotation];
    expect(codes).toEqual(['access-keys-two', undefined]);
    expect(errorOf(refused)?.params).toEqual({ userName: 'alice', current: rig.old.accessKeyId, other: other.accessKeyId });
    expect((await rig.rotate()).ok).toBe(false);
    expect((await rig.keys()).length).toBe(2);
  });

  it('a rotation tries a new key again that AWS does not know at first', async (context) => {
    const rig = await RotationRig.start(context);
    const proving = rig.aws.faults.hold('sts:GetCallerIdentity');
    const rotating = rig.rotate();
    await proving.arrived;
    const newKeyId = rig.rotation?.newKeyId ?? '';
    await rig.console('Inactive', newKeyId);
    proving.release();
    await eventually(() => expect(rig.aws.calls.findLast(({ accessKeyId }) => accessKeyId === newKeyId)?.outcome).toBe('InvalidClientTokenId'));
    expect(await rig.kept()).toEqual(rig.old);
    await rig.console('Active', newKeyId);
    expect(await rig.outcome(await rotating)).toEqual(rotated);
    await eventually(async () => expect(await rig.ledger()).toEqual(['new created', 'new put-in-place', 'old deactivated']));
  });

  it('a rotation gives up on a key that AWS does not take, and takes it the next time', async (context) => {
    const rig = await RotationRig.start(context);
    const proving = rig.aws.faults.hold('sts:GetCallerIdentity');
    const rotating = rig.rotate();
    await proving.arrived;
    const newKeyId = rig.rotation?.newKeyId ?? '';
    await rig.console('Inactive', newKeyId);
    proving.release();
    rig.app.ahead += 31_000;
    const refused = await rotating;
    expect(errorOf(refused)).toMatchObject({ code: 'access-key-not-proven', params: { accessKeyId: newKeyId } });
    expect(await rig.isSafe()).toBe(true);
    expect(await rig.leaks(refused)).toEqual([]);
    expect(await rig.kept()).toEqual(rig.old);
    await rig.console('Active', newKeyId);
    expect(await rig.outcome(await rig.rotate())).toEqual(rotated);
    expect((await rig.kept()).accessKeyId).toBe(newKeyId);
  });
});

describe.concurrent('the old key', () => {
  it('the old key is not deleted before it is deactivated', async (context) => {
    const rig = await RotationRig.start(context);
    expect(errorOf(await rig.deleteOld())?.code).toBe('rotation-none');
    rig.aws.alice.withhold('iam:UpdateAccessKey');
    await rig.rotate();
    expect(rig.rotation?.done).toBe('put-in-place');
    expect(errorOf(await rig.deleteOld())?.code).toBe('rotation-none');
    expect((await rig.keys()).map(({ active }) => active)).toEqual([true, true]);
  });

  it.for(Object.entries(callFaults).map(([how, fault]) => ({ how, ...fault, action: 'iam:DeleteAccessKey' })))(
    'the old key is deleted the next time when the call $how',
    async (interruption, context) => {
      const rig = await RotationRig.start(context);
      await rig.rotate();
      breakStep(rig, interruption);
      const refused = await rig.deleteOld();
      expect(errorOf(refused)).toMatchObject(interruption.error(interruption.action));
      mendStep(rig);
      expect(await rig.isSafe()).toBe(true);
      await rig.restart();
      expect((await rig.deleteOld()).ok).toBe(true);
      expect([rig.settings.rotations, await rig.keys()]).toEqual([{}, [{ id: (await rig.kept()).accessKeyId, active: true }]]);
      await eventually(async () => expect((await rig.ledger()).filter((entry) => entry === 'old deleted')).toHaveLength(1));
    },
  );
});

describe.concurrent('the age of an access key', () => {
  const lists = (rig: RotationRig) => rig.aws.calls.filter(({ action }) => action === 'ListAccessKeys').length;

  it('the age of an access key is asked for once for each key', async (context) => {
    const rig = await RotationRig.start(context);
    const known = rig.settings.accessKeyDates['default'];
    expect(known?.accessKeyId).toBe(rig.old.accessKeyId);
    expect((Date.now() - (known?.createdAt ?? 0)) / 86_400_000).toBeCloseTo(100, 1);
    await rig.app.startSession();
    await rig.app.broker.keyAges.refresh('default');
    expect(lists(rig)).toBe(1);
    await rig.rotate();
    expect(rig.settings.accessKeyDates['default']?.accessKeyId).toBe((await rig.kept()).accessKeyId);
    expect(Date.now() - (rig.settings.accessKeyDates['default']?.createdAt ?? 0)).toBeLessThan(60_000);
  });

  it('the age of an access key is left unsaid when it may not be read', async (context) => {
    const rig = await RotationRig.start(context);
    rig.aws.alice.withhold('iam:ListAccessKeys');
    await rig.app.startSession('other');
    await rig.app.broker.keyAges.refresh('other');
    expect(rig.settings.accessKeyDates['other']).toBeUndefined();
    expect(rig.app.store.state.notice).toBeNull();
  });
});
