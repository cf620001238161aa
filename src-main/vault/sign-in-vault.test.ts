import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleSignIn } from '../../testing/samples/sample-sessions.ts';
import { testCipher } from '../../testing/samples/test-cipher.ts';
import { SignInVault } from './sign-in-vault.ts';

let home: string;
let file: string;
let cipher: ReturnType<typeof testCipher>;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'sign-in-vault-'));
  file = join(home, 'vault', 'sign-ins');
  cipher = testCipher();
});
afterEach(() => rm(home, { recursive: true }));

/** The vault of one start of the app. */
const start = () => new SignInVault({ cipher, file });
const files = () => readdir(dirname(file)).catch(() => []);
const registration = { clientId: 'a client', clientSecret: 'secret of a client', expiresAt: 2 };

describe('the vault of sign-ins', () => {
  it('the vault of sign-ins has after a restart what it had, and nothing of it in clear', async () => {
    const before = start();
    expect(await before.keep(sampleSignIn('portal'))).toBeNull();
    expect(await before.keepRegistration('portal', registration)).toBeNull();
    await before.dispose();
    expect(before.keptOf('portal')).toBeNull();

    expect(await readFile(file, 'latin1')).not.toMatch(/token of|secret of|portal/);
    const after = start();
    expect(await after.restore()).toBeNull();
    expect(after.keptOf('portal')).toEqual(sampleSignIn('portal'));
    expect(after.registrationOf('portal')).toEqual(registration);
  });

  it('the vault of sign-ins shows no secret to JSON nor to a logger', async () => {
    const vault = start();
    await vault.keep(sampleSignIn('portal'));
    expect(JSON.stringify(vault) + inspect(vault, { depth: 9, showHidden: true })).not.toMatch(/token of|secret of/);
  });

  it('the vault of sign-ins leaves no file once nothing is kept', async () => {
    const vault = start();
    await vault.keep(sampleSignIn('portal'));
    await vault.keepRegistration('portal', registration);
    await vault.forget('portal');
    expect(await files()).toEqual(['sign-ins']);
    await vault.forgetRegistration('portal');
    expect(await files()).toEqual([]);
  });

  it('the vault of sign-ins forgets what is over, in the file too, and nothing else', async () => {
    const vault = start();
    for (const id of ['portal', 'other']) {
      await vault.keep(sampleSignIn(id));
      await vault.keepRegistration(id, { ...registration, expiresAt: id === 'portal' ? 2 : 9 });
    }
    await vault.forgetOver({ signIn: ({ signInId }) => signInId === 'portal', registration: ({ expiresAt }) => expiresAt === 2 });
    await vault.dispose();
    const after = start();
    await after.restore();
    expect(['portal', 'other'].map((id) => [after.keptOf(id) !== null, after.registrationOf(id) !== null])).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  it('a locked keychain leaves the file as it is, and what changed meanwhile is written once it opens', async () => {
    const before = start();
    await before.keep(sampleSignIn('portal'));
    await before.keep(sampleSignIn('other'));
    const bytes = await readFile(file);

    cipher.becomes('keychain-locked');
    const vault = start();
    expect(await vault.restore()).toMatchObject({ code: 'keychain-locked' });
    expect(await vault.keep(sampleSignIn('third'))).toMatchObject({ code: 'keychain-locked' });
    expect(await vault.forget('other')).toMatchObject({ code: 'keychain-locked' });
    expect(vault.keptOf('third')).not.toBeNull();
    expect(await readFile(file)).toEqual(bytes);

    cipher.becomes('available');
    expect(await vault.restore()).toBeNull();
    expect(vault.keptOf('portal')).not.toBeNull();
    expect(vault.keptOf('other')).toBeNull();
    const after = start();
    await after.restore();
    expect(['portal', 'other', 'third'].map((id) => after.keptOf(id) !== null)).toEqual([true, false, true]);
  });

  it('a file that is no vault of sign-ins is moved aside, and a new one takes its place', async () => {
    await start().keep(sampleSignIn('portal'));
    await writeFile(file, 'junk');
    const vault = start();
    expect(await vault.restore()).toMatchObject({ code: 'vault-unreadable' });
    expect(await vault.keep(sampleSignIn('new'))).toBeNull();
    expect(await files()).toHaveLength(2);
  });
});
