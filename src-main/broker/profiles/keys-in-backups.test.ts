import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi, type TestContext } from 'vitest';
import { RotationRig, stubEnvironment } from '../../../testing/rigs/rotation-rig.ts';
import { testCipher } from '../../../testing/samples/test-cipher.ts';

beforeAll(stubEnvironment);
afterAll(() => void vi.unstubAllEnvs());

/** An app that finds backups as an earlier version made them: whole copies of the files, with the key. */
async function withOldBackups(context: TestContext): Promise<{ readonly rig: RotationRig; readonly backups: () => Promise<string> }> {
  const rig = await RotationRig.start(context, { cipher: testCipher() });
  const files = [rig.app.store.state.files.config, rig.app.store.state.files.credentials].map((file) => `${file}.sts-tray-backup`);
  const { accessKeyId, secretAccessKey } = rig.old;
  for (const file of files) await writeFile(file, `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\nregion = x\n`);
  const backups = async () => (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('');
  expect((await backups()).split(secretAccessKey)).toHaveLength(3);
  return { rig, backups };
}

describe.concurrent('older backups of the AWS files', () => {
  it('a key that moves to the keychain goes out of older backups of both files, too', async (context) => {
    const { rig, backups } = await withOldBackups(context);
    await rig.app.broker.profileChanges.moveAccessKey({ profile: 'default', to: 'keychain' });
    expect(rig.app.store.state.notice).toMatchObject({ kind: 'access-key-moved' });
    expect((await backups()).match(/^[^#].*$/gm)).toEqual(['[default]', 'region = x', '[default]', 'region = x']);
  });

  it('a key that is rotated goes out of older backups of both files, too', async (context) => {
    const { rig, backups } = await withOldBackups(context);
    expect((await rig.rotate()).ok).toBe(true);
    expect((await backups()).match(/^[^#].*$/gm)).toEqual(['[default]', 'region = x', '[default]', 'region = x']);
  });
});
