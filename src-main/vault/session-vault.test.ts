import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expiresAt, issuedAt, sampleSession } from '../../testing/samples/sample-sessions.ts';
import { junkInPlace } from '../../testing/samples/junk-in-place.ts';
import { tried } from '../../testing/trust/times.ts';
import { SessionVault } from './session-vault.ts';
import { testCipher } from '../../testing/samples/test-cipher.ts';

let home: string;
let file: string;
let cipher: ReturnType<typeof testCipher>;
let now: number;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'session-vault-'));
  file = join(home, 'vault', 'sessions');
  cipher = testCipher();
  now = issuedAt;
});
afterEach(() => rm(home, { recursive: true }));

/** The vault of one start of the app. */
const start = () => new SessionVault({ cipher, file, now: () => now });
const files = () => readdir(dirname(file)).catch(() => []);
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
const locked = { code: 'keychain-locked', params: {} };
const none = new Map();

describe('the vault in memory', () => {
  it('the vault in memory gives the credentials of a session until it is forgotten, and waits for no disk', () => {
    const vault = start();
    vault.hold('dev', sampleSession('dev'));
    expect(vault.credentialsOf('dev')?.sessionToken).toBe('token-dev');
    vault.forget('dev');
    expect(vault.credentialsOf('dev')).toBeNull();
  });

  it('the vault in memory shows no secret to JSON nor to a logger', () => {
    const vault = start();
    vault.hold('dev', sampleSession('dev'));
    expect(JSON.stringify(vault) + inspect(vault, { depth: 9, showHidden: true })).not.toMatch(/secret-dev|token-dev/);
  });
});

describe('a restart', () => {
  it('a restart finds the sessions as they were', async () => {
    const before = start();
    before.hold('dev', sampleSession('dev'));
    before.hold('__proto__', sampleSession('prod'));
    expect(await before.settled()).toBeNull();
    before.dispose();

    const after = start();
    expect(await after.restore()).toEqual({
      sessions: new Map([
        ['dev', sampleSession('dev')],
        ['__proto__', sampleSession('prod')],
      ]),
      problem: null,
    });
    expect(after.credentialsOf('__proto__')).toEqual(sampleSession('prod').credentials);
  });

  it('a restart finds a session whose credentials were marked by the SDK, which adds a property to what it is called with', async () => {
    const { credentials } = sampleSession('dev');
    const before = start();
    before.hold('dev', sampleSession('dev', { credentials: Object.assign({ ...credentials }, { $source: { CREDENTIALS_CODE: 'e' } }) }));
    await before.settled();
    expect(await start().restore()).toEqual({ sessions: new Map([['dev', sampleSession('dev')]]), problem: null });
  });

  it('a restart encrypts the file anew when the keychain has another key by then', async () => {
    const before = start();
    before.hold('dev', sampleSession('dev'));
    expect(await before.settled()).toBeNull();
    before.dispose();
    const written = await readFile(file);
    cipher.outdates();
    expect((await start().restore()).sessions).toEqual(new Map([['dev', sampleSession('dev')]]));
    expect(await readFile(file)).not.toEqual(written);
    expect((await start().restore()).sessions).toEqual(new Map([['dev', sampleSession('dev')]]));
  });

  it('a restart reports a session once', async () => {
    await kept('dev');
    const vault = start();
    await vault.restore();
    expect(await vault.restore()).toEqual({ sessions: none, problem: null });
  });

  it('a restart finds the last of many changes', async () => {
    const before = start();
    for (const name of ['one', 'two', 'three']) before.hold('dev', sampleSession(name));
    before.hold('old', sampleSession('old'));
    before.forget('old');
    await before.settled();
    expect((await start().restore()).sessions).toEqual(new Map([['dev', sampleSession('three')]]));
  });

  it('a restart finds no role session that another session pays for', async () => {
    const before = start();
    before.hold('dev', sampleSession('dev'));
    before.hold('role', sampleSession('role', { origin: 'session' }));
    await before.settled();
    expect([...(await start().restore()).sessions.keys()]).toEqual(['dev']);
  });

  it('a restart finds no session that has expired, and takes it out of the file', async () => {
    await kept('dev');
    now = expiresAt;
    const vault = start();
    expect(await vault.restore()).toEqual({ sessions: none, problem: null });
    expect(vault.credentialsOf('dev')).toBeNull();
    await vault.settled();
    expect(await files()).toEqual([]);
  });

  it('a restart finds nothing at first, without asking the keychain', async () => {
    expect(await start().restore()).toEqual({ sessions: none, problem: null });
    expect(cipher.timesAsked()).toBe(0);
  });

  it('a restart does not bring back what changed while the file was being read', async () => {
    await kept('ended', 'renewed');
    const vault = start();
    const restored = vault.restore();
    vault.forget('ended');
    vault.hold('renewed', sampleSession('newer'));
    expect((await restored).sessions).toEqual(none);
    await vault.settled();
    expect((await start().restore()).sessions).toEqual(new Map([['renewed', sampleSession('newer')]]));
  });
});

describe('the file', () => {
  it('the vault’s file has no secret in clear, and is for its owner alone', async () => {
    await mkdir(dirname(file), { mode: 0o755 });
    await kept('dev');
    expect(await readFile(file, 'latin1')).not.toMatch(/dev|ASIA|111111111111/);
    expect(await modeOf(file)).toBe('600');
    expect(await modeOf(dirname(file))).toBe('700');
  });

  it('the vault’s file leaves out what has expired since', async () => {
    const before = start();
    before.hold('short', sampleSession('short', { credentials: { ...sampleSession('short').credentials, expiresAt: issuedAt + 1 } }));
    await before.settled();
    now += 1;
    before.hold('dev', sampleSession('dev'));
    await before.settled();
    now = issuedAt;
    expect([...(await start().restore()).sessions.keys()]).toEqual(['dev']);
  });

  it('the vault’s file goes with the last session', async () => {
    const vault = await kept('dev');
    await writeFile(`${file}.part`, 'left by a crash');
    vault.forget('dev');
    expect(await vault.settled()).toBeNull();
    expect(await files()).toEqual([]);
  });

  it('the vault’s file stays when the app quits', async () => {
    const vault = await kept('dev');
    vault.dispose();
    expect(vault.credentialsOf('dev')).toBeNull();
    expect(await vault.settled()).toBeNull();
    expect(await files()).toEqual(['sessions']);
  });

  it('the vault’s file replaces what a crash left of a write, and follows no link there', async () => {
    await mkdir(dirname(file));
    await writeFile(join(home, 'elsewhere'), 'untouched');
    await symlink(join(home, 'elsewhere'), `${file}.part`);
    await kept('dev');
    expect(await files()).toEqual(['sessions']);
    expect(await readFile(join(home, 'elsewhere'), 'utf8')).toBe('untouched');
  });

  it('the vault’s file that cannot be written is a failure that the next write may end', async () => {
    await writeFile(dirname(file), 'a file where the folder should be');
    const vault = start();
    await vault.restore();
    vault.hold('dev', sampleSession('dev'));
    expect(await vault.settled()).toMatchObject({ code: 'vault-unwritable', params: { file, reason: expect.stringMatching(/ENOTDIR|EEXIST/) } });
    await rm(dirname(file));
    vault.hold('dev', sampleSession('dev'));
    expect(await vault.settled()).toBeNull();
  });
});

describe('a file that means nothing', () => {
  it.each([
    ['bytes that were not encrypted', async () => Buffer.from('not encrypted at all, but long enough')],
    ['a file that another keychain encrypted', () => encryptedBy(testCipher(), '{"version":1,"sessions":[]}')],
    ['an empty file', async () => Buffer.alloc(0)],
    ['a text that is no JSON', () => encryptedBy(cipher, '{')],
    ['a later version', () => encryptedBy(cipher, '{"version":2,"sessions":[]}')],
    ['a session without its token', () => encryptedBy(cipher, JSON.stringify({ version: 1, sessions: [{ profile: 'dev' }] }))],
  ])('a vault’s file that means nothing is moved aside: %s', async (_, bytes) => {
    await mkdir(dirname(file));
    await writeFile(file, await bytes());
    const vault = start();
    const problem = { code: 'vault-unreadable', params: { file, kept: 'sessions.unreadable' } };
    expect(await vault.restore()).toEqual({ sessions: none, problem });
    expect(await files()).toEqual(['sessions.unreadable']);

    vault.hold('dev', sampleSession('dev'));
    expect(await vault.settled()).toBeNull();
    expect((await start().restore()).sessions.size).toBe(1);
  });
});

describe('without a keychain', () => {
  it.each(['keychain-missing', 'keychain-locked'] as const)('without a keychain nothing is written, and the reason is %s', async (code) => {
    cipher.becomes(code);
    const vault = start();
    vault.hold('dev', sampleSession('dev'));
    expect(await vault.settled()).toEqual({ code, params: {} });
    expect(await files()).toEqual([]);
    expect(vault.credentialsOf('dev')).not.toBeNull();
  });

  it('without a keychain the file of a former start is left alone', async () => {
    await kept('dev');
    const before = await readFile(file);
    cipher.becomes('keychain-locked');
    const vault = start();
    expect(await vault.restore()).toEqual({ sessions: none, problem: locked });
    vault.hold('other', sampleSession('other'));
    vault.forget('other');
    expect(await vault.settled()).toEqual(locked);
    expect(await readFile(file)).toEqual(before);
    expect(await files()).toEqual(['sessions']);
  });

  it('without a keychain the sessions come back once it is unlocked, with those of the meantime', async () => {
    await kept('dev', 'renewed');
    cipher.becomes('keychain-locked');
    const vault = start();
    await vault.restore();
    vault.hold('renewed', sampleSession('newer'));
    cipher.becomes('available');
    // A write that comes before the next restore must neither lose the file's sessions nor hide them.
    vault.hold('later', sampleSession('later'));
    expect(await vault.settled()).toBeNull();
    expect(await vault.restore()).toEqual({ sessions: new Map([['dev', sampleSession('dev')]]), problem: null });
    expect([...(await start().restore()).sessions.values()].map(({ credentials }) => credentials.sessionToken).toSorted()).toEqual([
      'token-dev',
      'token-later',
      'token-newer',
    ]);
  });
});

describe('a file that cannot be read', () => {
  it('a vault’s file that cannot be read is not taken for an empty one, and not replaced', async () => {
    await mkdir(dirname(file), { recursive: true });
    await symlink(file, file);
    const vault = start();
    const problem = { code: 'vault-unwritable', params: { file, reason: 'ELOOP' } };
    expect(await vault.restore()).toEqual({ sessions: none, problem });
    vault.hold('dev', sampleSession('dev'));
    expect(await vault.settled()).toEqual(problem);
  });
});

/** The vault of a start that has written a session for each profile. */
async function kept(...profiles: readonly string[]): Promise<SessionVault> {
  const vault = start();
  for (const profile of profiles) vault.hold(profile, sampleSession(profile));
  expect(await vault.settled()).toBeNull();
  return vault;
}

async function encryptedBy({ encrypt }: ReturnType<typeof testCipher>, text: string): Promise<Buffer> {
  const encrypted = await encrypt(text);
  return encrypted.ok ? encrypted.value : Buffer.alloc(0);
}

describe.skipIf(process.platform === 'win32')('junk in the place of the kept sessions', () => {
  it('junk in the place of the kept sessions is set aside and told of, nobody waits for it, and the next session is kept', async (context) => {
    for (const { what, put } of junkInPlace) {
      await rm(dirname(file), { recursive: true, force: true });
      put(file);
      const vault = start();
      expect({ what, ...(await vault.restore()) }).toEqual({
        what,
        sessions: none,
        problem: { code: 'vault-unreadable', params: { file, kept: 'sessions.unreadable' } },
      });
      expect([what, ...(await files())]).toEqual([what, 'sessions.unreadable']);
      vault.hold('dev', sampleSession('dev'));
      expect([what, await vault.settled()]).toEqual([what, null]);
      expect([what, (await start().restore()).sessions.get('dev')]).toEqual([what, sampleSession('dev')]);
    }
    tried(context, junkInPlace.length);
  });
});
