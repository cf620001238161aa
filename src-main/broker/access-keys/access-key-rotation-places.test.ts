import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AccessKey } from '../../core/credentials.ts';
import { AccessKeyVault } from '../../vault/access-key-vault.ts';
import { testCipher } from '../../../testing/samples/test-cipher.ts';
import { errorOf, rotated, RotationRig, stubEnvironment } from '../../../testing/rigs/rotation-rig.ts';
import { eventually } from '../../../testing/processes/eventually.ts';

vi.setConfig({ maxConcurrency: 8 });
beforeAll(stubEnvironment);
afterAll(() => void vi.unstubAllEnvs());

/** Behind a link to a name so long that nothing can be made beside it: root is stopped by no mode. */
const target = (file: string) => join(dirname(file), 'x'.repeat(250));
async function unwritable(file: string): Promise<void> {
  await rename(file, target(file));
  await symlink(target(file), file);
}
const writable = (file: string) => rename(target(file), file);

describe.concurrent('a new key that cannot be put in its place', () => {
  it.for([false, true])(
    'a new key that cannot be put in the credentials file stays where it is safe, and is put there the next time; after a restart: %s',
    async (restarts, context) => {
      const rig = await RotationRig.start(context, restarts ? { cipher: testCipher() } : {});
      const { credentials } = rig.app.store.state.files;
      await unwritable(credentials);
      const refused = await rig.rotate();
      expect(errorOf(refused)).toMatchObject({ code: 'aws-file-unwritable', params: { file: credentials } });
      expect([await rig.kept(), await rig.kept('other')]).toEqual([rig.old, rig.old]);
      expect(rig.rotation?.done).toBe('created');
      expect(await rig.isSafe()).toBe(true);
      expect(await rig.leaks(refused)).toEqual([]);
      await writable(credentials);
      if (restarts) await rig.restart();
      expect(await rig.outcome(await rig.rotate())).toEqual(rotated);
      await eventually(async () => expect(await rig.ledger()).toEqual(['new created', 'new put-in-place', 'old deactivated']));
    },
  );

  it('a new key that is in no place is deleted after a restart without a keychain, since only its proof has used it, and another is made', async (context) => {
    const rig = await RotationRig.start(context);
    const { credentials } = rig.app.store.state.files;
    await unwritable(credentials);
    await rig.rotate();
    await writable(credentials);
    await rig.restart();
    expect(await rig.outcome(await rig.rotate())).toEqual(rotated);
    await eventually(async () => expect(await rig.ledger()).toEqual(['new created', 'new deleted', 'new created', 'new put-in-place', 'old deactivated']));
  });

  it('a new key that cannot be put in the config file leaves a profile whole whose ID and secret are in both files', async (context) => {
    const rig = await RotationRig.start(context);
    const { credentials, config } = rig.app.store.state.files;
    await writeFile(credentials, `${await readFile(credentials, 'utf8')}[split]\naws_access_key_id = ${rig.old.accessKeyId}\n`);
    await writeFile(
      config,
      `${await readFile(config, 'utf8')}[profile split]\naws_secret_access_key = ${rig.old.secretAccessKey}\nendpoint_url = ${rig.aws.endpoint}\n`,
    );
    await rig.app.broker.loadConfig();
    const before = [await readFile(credentials, 'utf8'), await readFile(config, 'utf8')];
    await unwritable(config);
    expect(errorOf(await rig.rotate())).toMatchObject({ code: 'aws-file-unwritable', params: { file: config } });
    expect([await readFile(credentials, 'utf8'), await readFile(config, 'utf8')]).toEqual(before);
    await writable(config);
    expect(await rig.outcome(await rig.rotate())).toEqual(rotated);
    const { accessKeyId, secretAccessKey } = await rig.kept();
    const after = before.map((text) => text.replaceAll(rig.old.accessKeyId, () => accessKeyId).replaceAll(rig.old.secretAccessKey, () => secretAccessKey));
    expect([await readFile(credentials, 'utf8'), await readFile(config, 'utf8')]).toEqual(after);
  });

  it('a new key that cannot be put in the keychain leaves a key that works in every place, and goes on with the rest', async (context) => {
    const cipher = testCipher();
    const rig = await RotationRig.start(context, { kept: 'keychain', cipher });
    const file = `${rig.app.store.state.desktop.dataFolder}/vault/access-keys`;
    const vault = new AccessKeyVault({ cipher, file });
    await mkdir(`${file}.part/occupied`, { recursive: true });
    expect(errorOf(await rig.rotate())).toMatchObject({ code: 'vault-unwritable', params: { file } });
    expect(await vault.read('default')).toEqual({ ok: true, value: rig.old });
    expect([await rig.works(rig.old), await rig.works(await rig.kept('other'))]).toEqual([true, true]);
    await rm(`${file}.part`, { recursive: true });
    await rig.restart();
    expect((await rig.rotate()).ok).toBe(true);
    expect(await vault.read('default')).toEqual({ ok: true, value: await rig.kept('other') });
    expect(await rig.works(rig.old)).toBe(false);
  });

  it('a new key goes on to the other profiles that the app’s end kept from it', async (context) => {
    const cipher = testCipher();
    const rig = await RotationRig.start(context, { cipher });
    const { credentials } = rig.app.store.state.files;
    await unwritable(credentials);
    await rig.rotate();
    await writable(credentials);
    // As if it had ended between two places, without a keychain: the profile has the new key, and another one the old.
    const pending = new AccessKeyVault({ cipher, file: `${rig.app.store.state.desktop.dataFolder}/vault/new-access-keys` });
    const kept = await pending.read('default');
    if (!kept.ok) throw new Error('the new key is not in the keychain');
    const key = kept.value;
    await pending.remove('default');
    const text = await readFile(credentials, 'utf8');
    const entry = (from: AccessKey) => `aws_access_key_id = ${from.accessKeyId}\naws_secret_access_key = ${from.secretAccessKey}\n`;
    await writeFile(
      credentials,
      text.replace(entry(rig.old), () => entry(key)),
    );
    await rig.restart();
    expect([await rig.kept(), await rig.kept('other')]).toEqual([key, rig.old]);
    expect(await rig.outcome(await rig.rotate())).toEqual(rotated);
    expect(await rig.kept()).toEqual(key);
  });
});
