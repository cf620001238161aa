#!/usr/bin/env node
// Makes the signed file that tells installed apps of the newest versions (docs/how-to/make-a-release.md). The private key
// comes by the environment alone. `--new-key` makes one: the private part goes to a file, the public one is printed.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** As src-main/core/updates/feed.ts has it. */
const signedPrefix = 'sts-tray update feed\n';
const dayMs = 24 * 3_600_000;

/** For how long the feed holds: the next release, or the same file signed anew, has to come before. */
const holdsDays = 180;

class FeedError extends Error {}

/** The raw 32 bytes of the public part of an Ed25519 key, in base64, as package.json has them. */
export function publicKeyText(key) {
  const publicKey = key.type === 'public' ? key : createPublicKey(key);
  return Buffer.from(publicKey.export({ format: 'jwk' }).x, 'base64url').toString('base64');
}

/** By which a signature names its key. */
export function keyId(publicKey) {
  return Buffer.from(publicKey, 'base64').subarray(0, 8).toString('hex');
}

/** Every version that a changelog gives a date. */
function datedVersions(changelog) {
  return [...changelog.matchAll(/^## \[(\d+\.\d+\.\d+(?:-[\dA-Za-z.-]+)?)\] - (\d{4}-\d\d-\d\d)$/gm)].map(([, version, date]) => ({ version, date }));
}

/** By their numbers: of two candidates of one version too, which are called rc.1, rc.2 and so on. */
const { compare } = new Intl.Collator('en', { numeric: true });

const highest = (versions) => versions.toSorted((a, b) => compare(b.version, a.version)).slice(0, 1);
const isCandidate = ({ version }) => version.includes('-');
const releaseOf = ({ version }) => version.split('-')[0];

/** The highest release and, where it leads to one above that, the highest candidate; not those at the top, since an older version may be mended after a newer one. */
export function newestVersions(changelog) {
  const all = datedVersions(changelog);
  const release = highest(all.filter((each) => !isCandidate(each)));
  const ahead = all.filter((each) => isCandidate(each) && release.every(({ version }) => compare(releaseOf(each), version) > 0));
  return [...highest(ahead), ...release];
}

/** The file. `privateKeys` are PEM texts: more than one while one key follows another. */
export function updateFeed({ manifest, changelog, privateKeys, now }) {
  const { version, repository, updateKeys = [] } = manifest;
  if (typeof repository !== 'string') throw new FeedError('package.json names no `repository`: add the https address of the project, which its app asks.');
  const versions = newestVersions(changelog);
  if (!datedVersions(changelog).some((each) => each.version === version))
    throw new FeedError(`CHANGELOG.md has no line for ${version}, the version of package.json: give it one with a date first.`);
  const keys = privateKeys.map((pem) => readKey(pem));
  const unknown = keys.filter(({ publicKey }) => !updateKeys.includes(publicKey));
  if (unknown.length === keys.length)
    throw new FeedError(`No app knows the key ${unknown.map(({ id }) => id).join(', ')}: add its public part to \`updateKeys\` of package.json first.`);
  const page = repository.replace(/\/$/, '').replace(/\.git$/, '');
  const feed = JSON.stringify({
    format: 1,
    signedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + holdsDays * dayMs).toISOString(),
    versions: versions.map((each) => ({ ...each, notes: `${page}/releases/tag/v${each.version}` })),
  });
  const signatures = keys.map(({ id, privateKey }) => ({ key: id, signature: sign(null, Buffer.from(signedPrefix + feed), privateKey).toString('base64') }));
  return `${JSON.stringify({ feed: Buffer.from(feed).toString('base64'), signatures })}\n`;
}

function readKey(pem) {
  let privateKey;
  try {
    privateKey = createPrivateKey(pem);
  } catch {
    // What Node says of it may quote it.
  }
  if (privateKey?.asymmetricKeyType !== 'ed25519') throw new FeedError('UPDATE_FEED_KEY is no Ed25519 private key as PEM: make one with --new-key.');
  const publicKey = publicKeyText(privateKey);
  return { privateKey, publicKey, id: keyId(publicKey) };
}

function makeKey(file) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  const text = publicKeyText(publicKey);
  console.log(
    `${text}\n\nAdd this line to \`updateKeys\` of package.json, and the text of ${file} as the secret UPDATE_FEED_KEY. The key's ID is ${keyId(text)}.`,
  );
}

function main() {
  const { values } = parseArgs({ options: { 'new-key': { type: 'string' }, out: { type: 'string', default: 'update-feed.json' } } });
  if (values['new-key'] !== undefined) return makeKey(values['new-key']);
  const root = join(import.meta.dirname, '../..');
  const privateKeys = ['UPDATE_FEED_KEY', 'UPDATE_FEED_NEXT_KEY'].flatMap((name) => process.env[name] || []);
  if (privateKeys.length === 0) throw new FeedError('The environment has no UPDATE_FEED_KEY: docs/how-to/make-a-release.md says what it holds.');
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  writeFileSync(values.out, updateFeed({ manifest, changelog, privateKeys, now: Date.now() }));
  console.log(
    `${values.out} tells of ${newestVersions(changelog)
      .map(({ version }) => version)
      .join(' and ')}, for ${holdsDays} days.`,
  );
}

if (process.argv[1] === import.meta.filename) {
  try {
    main();
  } catch (error) {
    if (!(error instanceof FeedError) && error?.code !== 'EEXIST') throw error;
    console.error(`update-feed: ${error.message}`);
    process.exitCode = 1;
  }
}
