import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { isSigned } from '../../src-main/broker/updates/feed-signature.ts';
import { keyIdOf, readFeed } from '../../src-main/core/updates/feed.ts';
import { keyId, newestVersions, publicKeyText, updateFeed } from './update-feed.mjs';

const repository = 'https://example.com/owner/sts-tray';
const now = Date.parse('2026-12-24T12:00:00Z');
const changelog = ['## [Unreleased]', '## [1.1.0-rc.1] - 2026-12-24', '## [1.0.0] - 2026-12-01', '## [1.0.0-rc.1] - 2026-11-30'].join('\n\ntext\n\n');
const makeKey = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { pem: privateKey.export({ type: 'pkcs8', format: 'pem' }), publicKey: publicKeyText(publicKey) };
};
const [key, next] = [makeKey(), makeKey()];
const make = (changes = {}, privateKeys = [key.pem]) =>
  updateFeed({ manifest: { version: '1.1.0-rc.1', repository, updateKeys: [key.publicKey], ...changes }, changelog, privateKeys, now });
const read = (file, running, keys = [key.publicKey]) => readFeed(file, { keys, isSigned, page: repository, running, seenSignedAt: 0, now });

it('what the script signs is what the app believes: the newest release, and the newest candidate for those who run one', () => {
  expect(read(make(), '0.9.0')).toMatchObject({ value: { signedAt: now, newest: { version: '1.0.0', notes: `${repository}/releases/tag/v1.0.0` } } });
  expect(read(make(), '1.0.0-rc.1')).toMatchObject({ value: { newest: { version: '1.1.0-rc.1', date: '2026-12-24' } } });
  expect(read(make(), '1.0.0')).toMatchObject({ value: { newest: null } });
});

it('a key that follows another one signs beside it, and both name it alike', () => {
  const file = make({}, [key.pem, next.pem]);
  for (const { publicKey } of [key, next]) expect(read(file, '0.9.0', [publicKey]).ok).toBe(true);
  expect(keyId(key.publicKey)).toBe(keyIdOf(key.publicKey));
});

it('the newest versions are the highest ones of the changelog: a mended older version does not hide a newer one', () => {
  const headings = (...versions) => versions.map((version) => `## [${version}] - 2026-12-24`).join('\n');
  const of = (...versions) => newestVersions(headings(...versions)).map(({ version }) => version);
  expect(of('1.0.0-rc.2', '1.0.0-rc.1')).toEqual(['1.0.0-rc.2']);
  expect(of('1.0.0', '1.0.0-rc.1')).toEqual(['1.0.0']);
  expect(of('1.1.0-rc.1', '1.0.0', '0.9.0')).toEqual(['1.1.0-rc.1', '1.0.0']);
  expect(of('1.0.1', '1.1.0', '1.0.0')).toEqual(['1.1.0']);
  expect(of('1.0.1', '1.1.0-rc.2', '1.1.0-rc.10', '1.0.0')).toEqual(['1.1.0-rc.10', '1.0.1']);
  expect(of('1.9.2', '1.10.0', '1.10.0-rc.1', '1.9.1')).toEqual(['1.10.0']);
  expect(of()).toEqual([]);
});

it('a mended older version is signed for too, and its feed tells of the newer one', () => {
  const mended = ['## [1.0.1] - 2026-12-24', changelog].join('\n\n');
  const file = updateFeed({ manifest: { version: '1.0.1', repository, updateKeys: [key.publicKey] }, changelog: mended, privateKeys: [key.pem], now });
  expect(read(file, '1.0.0')).toMatchObject({ ok: true, value: { newest: { version: '1.0.1' } } });
  expect(read(file, '1.1.0-rc.0')).toMatchObject({ ok: true, value: { newest: { version: '1.1.0-rc.1' } } });
});

it.each([
  ['no repository', { repository: undefined }, [key.pem], /names no `repository`/],
  ['a version that is not in the changelog', { version: '2.0.0' }, [key.pem], /CHANGELOG\.md has no line for 2\.0\.0/],
  ['a key that no app knows', { updateKeys: [] }, [key.pem], /No app knows the key/],
  ['what is no key', {}, ['junk of a secret'], /^UPDATE_FEED_KEY is no Ed25519 private key/],
  ['a key of another kind', {}, [generateKeyPairSync('ed448').privateKey.export({ type: 'pkcs8', format: 'pem' })], /no Ed25519 private key/],
])('with %s nothing is signed, and a sentence says what to do', (_, changes, keys, message) => {
  expect(() => make(changes, keys)).toThrow(message);
});

it('a new key is a file for its owner alone, which is never written over, and without one the script says so', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'feed-key-'));
  const file = join(folder, 'key.pem');
  const script = join(import.meta.dirname, 'update-feed.mjs');
  const run = (args, env = {}) => promisify(execFile)(process.execPath, [script, ...args], { env: { PATH: process.env.PATH, ...env }, cwd: folder });
  try {
    const { stdout } = await run(['--new-key', file]);
    const pem = await readFile(file, 'utf8');
    expect([(await stat(file)).mode & 0o777, stdout.split('\n')[0]]).toEqual([0o600, publicKeyText(pem)]);
    expect(stdout).not.toContain(pem.split('\n')[1]);
    await expect(run(['--new-key', file])).rejects.toMatchObject({ stderr: expect.stringContaining('EEXIST') });
    await expect(run([])).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/^update-feed: The environment has no UPDATE_FEED_KEY: /) });
  } finally {
    await rm(folder, { recursive: true });
  }
});
