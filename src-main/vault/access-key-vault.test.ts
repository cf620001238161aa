import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { junkInPlace } from '../../testing/samples/junk-in-place.ts';
import { tried } from '../../testing/trust/times.ts';
import { AccessKeyVault } from './access-key-vault.ts';
import { testCipher } from '../../testing/samples/test-cipher.ts';

const alice = { accessKeyId: 'AKIAALICE', secretAccessKey: 'secret of alice' };
const bob = { accessKeyId: 'AKIABOB', secretAccessKey: 'secret of bob' };
const done = { ok: true, value: null };

let home: string;
let file: string;
let cipher: ReturnType<typeof testCipher>;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'access-key-vault-'));
  file = join(home, 'vault', 'access-keys');
  cipher = testCipher();
});
afterEach(() => rm(home, { recursive: true }));

const start = () => new AccessKeyVault({ cipher, file });
const files = () => readdir(dirname(file)).catch(() => []);

describe('the vault of access keys', () => {
  it('the vault of access keys gives a key back, also after a restart', async () => {
    expect(await start().keep('alice', alice)).toEqual(done);
    expect(await start().read('alice')).toEqual({ ok: true, value: alice });
  });

  it('the vault of access keys knows its profiles while the keychain is locked', async () => {
    const vault = start();
    expect(vault.profiles()).toEqual(new Set());
    await vault.keep('alice', alice);
    await vault.keep('__proto__', bob);
    cipher.becomes('keychain-locked');
    expect(start().profiles()).toEqual(new Set(['alice', '__proto__']));
  });

  it('the vault of access keys loses no key when several are kept at once', async () => {
    const vault = start();
    await Promise.all([vault.keep('alice', alice), vault.keep('bob', bob), vault.remove('nobody')]);
    expect(await Promise.all([vault.read('alice'), vault.read('bob')])).toEqual([
      { ok: true, value: alice },
      { ok: true, value: bob },
    ]);
  });

  it('the vault of access keys has no key in clear, neither in its file nor in memory', async () => {
    const vault = start();
    await vault.keep('alice', alice);
    await vault.read('alice');
    expect(await readFile(file, 'utf8')).toContain('alice');
    expect((await readFile(file, 'utf8')) + inspect(vault, { depth: 9, showHidden: true })).not.toMatch(/AKIAALICE|secret of/);
    expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
    expect(((await stat(dirname(file))).mode & 0o777).toString(8)).toBe('700');
  });

  it('the vault of access keys replaces a key, and removes one without touching the others nor asking the keychain', async () => {
    const vault = start();
    await vault.keep('alice', bob);
    await vault.keep('alice', alice);
    await vault.keep('bob', bob);
    cipher.becomes('keychain-locked');
    expect(await vault.remove('bob')).toEqual(done);
    cipher.becomes('available');
    expect(await vault.read('bob')).toEqual({ ok: false, error: { code: 'access-key-gone', params: { profile: 'bob' } } });
    expect(await vault.read('alice')).toEqual({ ok: true, value: alice });
  });

  it('the vault of access keys removes the file with the last key, and a key that is not there', async () => {
    const vault = start();
    await vault.keep('alice', alice);
    expect([await vault.remove('alice'), await vault.remove('alice')]).toEqual([done, done]);
    expect(await files()).toEqual([]);
  });

  it.each(['keychain-missing', 'keychain-locked'] as const)('the vault of access keys keeps and reads nothing, and damages nothing, with %s', async (code) => {
    const vault = start();
    await vault.keep('alice', alice);
    cipher.becomes(code);
    const refused = { ok: false, error: { code, params: {} } };
    expect([await vault.keep('bob', bob), await vault.read('alice')]).toEqual([refused, refused]);
    expect(await files()).toEqual(['access-keys']);
    cipher.becomes('available');
    expect(await vault.read('alice')).toEqual({ ok: true, value: alice });
  });

  it('the vault of access keys encrypts a key anew when the keychain has another key by then, and the others stay as they are', async () => {
    await start().keep('alice', alice);
    await start().keep('bob', bob);
    const kept = async (profile: string): Promise<unknown> => {
      const { accessKeys } = JSON.parse(await readFile(file, 'utf8')) as { accessKeys: { profile: string; encrypted: string }[] };
      return accessKeys.find((key) => key.profile === profile)?.encrypted;
    };
    const before = [await kept('alice'), await kept('bob')];
    cipher.outdates();
    expect(await start().read('alice')).toEqual({ ok: true, value: alice });
    expect(await kept('alice')).not.toBe(before[0]);
    expect(await kept('bob')).toBe(before[1]);
    expect(await start().read('alice')).toEqual({ ok: true, value: alice });
  });
});

describe('an access key that cannot be read', () => {
  it('an access key that cannot be read because another keychain encrypted it is told, and stays with the others', async () => {
    await start().keep('alice', alice);
    cipher = testCipher();
    expect(await start().read('alice')).toEqual({ ok: false, error: { code: 'vault-unreadable', params: { file, kept: 'access-keys' } } });
    expect(start().profiles()).toEqual(new Set(['alice']));
  });

  it('an access key that cannot be read because the file is damaged is told, and the file moved aside before a new one is begun', async () => {
    await mkdir(dirname(file));
    await writeFile(file, '{"version":1,"accessKeys":[{"profile":"alice"}]}');
    const vault = start();
    expect(vault.profiles()).toEqual(new Set());
    expect(await vault.keep('bob', bob)).toEqual({ ok: false, error: { code: 'vault-unreadable', params: { file, kept: 'access-keys.unreadable' } } });
    expect(await vault.keep('bob', bob)).toEqual(done);
    expect(new Set(await files())).toEqual(new Set(['access-keys', 'access-keys.unreadable']));
  });

  it('an access key that cannot be read because the file cannot be opened is told, and nothing is written', async () => {
    await mkdir(dirname(file), { recursive: true });
    await symlink(file, file);
    const vault = start();
    const refused = { ok: false, error: { code: 'vault-unwritable', params: { file, reason: 'ELOOP' } } };
    expect([await vault.keep('bob', bob), await vault.read('bob'), await vault.remove('bob')]).toEqual([refused, refused, refused]);
    expect(vault.profiles()).toEqual(new Set());
  });
});

describe.skipIf(process.platform === 'win32')('junk in the place of the kept access keys', () => {
  it('junk in the place of the kept access keys counts for none, is set aside and told of, and nobody waits for it', async (context) => {
    for (const { what, put } of junkInPlace) {
      await rm(dirname(file), { recursive: true, force: true });
      put(file);
      const vault = start();
      expect([what, vault.profiles()]).toEqual([what, new Set()]);
      expect([what, await vault.read('alice')]).toEqual([
        what,
        { ok: false, error: { code: 'vault-unreadable', params: { file, kept: 'access-keys.unreadable' } } },
      ]);
      expect([what, await files()]).toEqual([what, ['access-keys.unreadable']]);
      expect([what, await vault.keep('alice', alice)]).toEqual([what, done]);
      expect([what, await start().read('alice')]).toEqual([what, { ok: true, value: alice }]);
    }
    tried(context, junkInPlace.length);
  });
});
