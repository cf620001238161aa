import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '../../contract/app-error.ts';
import type { AccessKey } from '../../core/credentials.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { AccessKeyVault } from '../../vault/access-key-vault.ts';
import { testCipher } from '../../../testing/samples/test-cipher.ts';
import { moveAccessKey } from './access-key-mover.ts';

const key = { accessKeyId: 'AKIAALICE', secretAccessKey: 'secret of alice' };
const done = succeeded(null);
const refused = failed(appError('aws-file-unwritable', { file: 'credentials', reason: 'EACCES' }));
const unknown = failed(appError('access-key-unknown', { profile: 'alice' }));

let home: string;
let cipher: ReturnType<typeof testCipher>;
let vault: AccessKeyVault;
/** Keys that AWS was called with. */
let proven: AccessKey[];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'access-key-mover-'));
  cipher = testCipher();
  vault = new AccessKeyVault({ cipher, file: join(home, 'vault', 'access-keys') });
  proven = [];
});
afterEach(() => rm(home, { recursive: true }));

/** The AWS files are one file with one key; AWS takes every key. */
function parts() {
  const file = join(home, 'credentials');
  return {
    vault: {
      file: vault.file,
      keep: vault.keep.bind(vault),
      read: vault.read.bind(vault),
      remove: vault.remove.bind(vault),
      profiles: vault.profiles.bind(vault),
    },
    readFromFiles: async (profile: string): Promise<Result<AccessKey>> => {
      const text = await readFile(file, 'utf8').catch(() => null);
      return text === null ? failed(appError('access-key-gone', { profile })) : succeeded(JSON.parse(text) as AccessKey);
    },
    addToFiles: async (_profile: string, added: AccessKey): Promise<Result<null>> => {
      await writeFile(file, JSON.stringify(added));
      return done;
    },
    removeFromFiles: async (): Promise<Result<null>> => {
      await rm(file);
      return done;
    },
    verifyKey: async (_profile: string, asked: AccessKey): Promise<Result<null>> => {
      proven.push(asked);
      return done;
    },
  };
}

/** Where the key is now. */
async function places(): Promise<readonly string[]> {
  const inFiles = (await parts().readFromFiles('alice')).ok ? ['files'] : [];
  return vault.profiles().has('alice') ? [...inFiles, 'keychain'] : inFiles;
}

describe('moving an access key to the keychain', () => {
  beforeEach(() => parts().addToFiles('alice', key));

  const move = (changes: Partial<ReturnType<typeof parts>> = {}) => moveAccessKey('alice', 'keychain', { ...parts(), ...changes });

  it('moving an access key to the keychain removes it from the files once AWS has taken what the keychain gave back', async () => {
    const copy = { ...key };
    const removeFromFiles = async (): Promise<Result<null>> => {
      expect(proven).toEqual([copy]);
      return parts().removeFromFiles();
    };
    expect(await move({ removeFromFiles })).toEqual(done);
    expect(await places()).toEqual(['keychain']);
    expect(await vault.read('alice')).toEqual(succeeded(key));
  });

  it('moving an access key to the keychain leaves everything as it is when the files have no key', async () => {
    await parts().removeFromFiles();
    expect(await move()).toEqual(failed(appError('access-key-gone', { profile: 'alice' })));
    expect(await places()).toEqual([]);
  });

  it.each(['keychain-missing', 'keychain-locked'] as const)('moving an access key to the keychain leaves it in the files with %s', async (code) => {
    cipher.becomes(code);
    expect(await move()).toEqual(failed(appError(code)));
    expect(await places()).toEqual(['files']);
    expect(proven).toEqual([]);
  });

  it('moving an access key to the keychain leaves it in the files when the vault cannot be written', async () => {
    await writeFile(join(home, 'vault'), 'a file where the folder should be');
    expect(await move()).toMatchObject({ ok: false, error: { code: 'vault-unwritable' } });
    expect(await places()).toEqual(['files']);
  });

  it('moving an access key to the keychain takes the copy back when the keychain does not give it back', async () => {
    const read = async (): Promise<Result<AccessKey>> => failed(appError('keychain-locked'));
    expect(await move({ vault: { ...parts().vault, read } })).toEqual(failed(appError('keychain-locked')));
    expect(await places()).toEqual(['files']);
  });

  it('moving an access key to the keychain takes the copy back when the keychain gives another key back', async () => {
    const read = async (): Promise<Result<AccessKey>> => succeeded({ ...key, secretAccessKey: 'another' });
    const changed = appError('vault-unwritable', { file: vault.file, reason: 'changed' });
    expect(await move({ vault: { ...parts().vault, read } })).toEqual(failed(changed));
    expect([await places(), proven]).toEqual([['files'], []]);
  });

  it('moving an access key to the keychain takes the copy back when AWS does not take the key', async () => {
    expect(await move({ verifyKey: async () => unknown })).toEqual(unknown);
    expect(await places()).toEqual(['files']);
  });

  it('moving an access key to the keychain leaves an earlier key there when AWS does not take the new one', async () => {
    const earlier = { accessKeyId: 'AKIAEARLIEREXAMPLE00', secretAccessKey: 'the-only-copy-of-an-earlier-key-of-the-user' };
    await vault.keep('alice', earlier);
    expect(await move({ verifyKey: async () => unknown })).toEqual(unknown);
    expect(await vault.read('alice')).toEqual(succeeded(earlier));
    expect(await parts().readFromFiles('alice')).toEqual(succeeded(key));
  });

  it('moving an access key to the keychain says what went wrong first when the copy cannot be taken back either', async () => {
    const remove = async (): Promise<Result<null>> => failed(appError('vault-unwritable', { file: vault.file, reason: 'EIO' }));
    expect(await move({ verifyKey: async () => unknown, vault: { ...parts().vault, remove } })).toEqual(unknown);
    expect(await places()).toEqual(['files', 'keychain']);
  });

  it('moving an access key to the keychain keeps both when the files cannot be changed, and says so', async () => {
    expect(await move({ removeFromFiles: async () => refused })).toEqual(refused);
    expect(await places()).toEqual(['files', 'keychain']);
    expect(await move()).toEqual(done);
    expect(await places()).toEqual(['keychain']);
  });
});

describe('moving an access key to the files', () => {
  beforeEach(() => vault.keep('alice', key));

  const move = (changes: Partial<ReturnType<typeof parts>> = {}) => moveAccessKey('alice', 'files', { ...parts(), ...changes });

  it('moving an access key to the files removes it from the keychain once the files have given it back', async () => {
    expect(await move()).toEqual(done);
    expect(await places()).toEqual(['files']);
    expect(await parts().readFromFiles('alice')).toEqual(succeeded(key));
  });

  it('moving an access key to the files leaves everything as it is when the keychain has none, or is locked', async () => {
    cipher.becomes('keychain-locked');
    expect(await move()).toEqual(failed(appError('keychain-locked')));
    cipher.becomes('available');
    await vault.remove('alice');
    expect(await move()).toEqual(failed(appError('access-key-gone', { profile: 'alice' })));
    expect(await places()).toEqual([]);
  });

  it('moving an access key to the files leaves it in the keychain when the files cannot be written', async () => {
    expect(await move({ addToFiles: async () => refused })).toEqual(refused);
    expect(await places()).toEqual(['keychain']);
  });

  it('moving an access key to the files leaves it in the keychain when the files do not give it back', async () => {
    const gone = failed(appError('access-key-gone', { profile: 'alice' }));
    expect(await move({ readFromFiles: async () => gone })).toEqual(gone);
    expect(vault.profiles()).toContain('alice');
  });

  it('moving an access key to the files leaves it in the keychain when another key in the files wins', async () => {
    const readFromFiles = async (): Promise<Result<AccessKey>> => succeeded({ ...key, accessKeyId: 'AKIAOTHER' });
    expect(await move({ readFromFiles })).toMatchObject({ ok: false, error: { code: 'access-key-elsewhere', params: { profile: 'alice' } } });
    expect(vault.profiles()).toContain('alice');
  });

  it('moving an access key to the files keeps both when the vault cannot be changed, and says so', async () => {
    const unwritable = failed(appError('vault-unwritable', { file: vault.file, reason: 'EIO' }));
    expect(await move({ vault: { ...parts().vault, remove: async () => unwritable } })).toEqual(unwritable);
    expect(await places()).toEqual(['files', 'keychain']);
  });
});
