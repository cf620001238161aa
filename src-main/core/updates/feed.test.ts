import { describe, expect, it } from 'vitest';
import { feedText, makeFeedKey, signedFeed } from '../../../testing/updates/signed-feed.ts';
import { isSigned } from '../../broker/updates/feed-signature.ts';
import { feedBytesMax, keyIdOf, readFeed, type FeedTrust } from './feed.ts';

const page = 'https://example.com/owner/sts-tray';
const now = Date.parse('2026-12-24T12:00:00Z');
const dayMs = 24 * 3_600_000;
const [key, nextKey, foreignKey] = [makeFeedKey(), makeFeedKey(), makeFeedKey()];

const text = (of: Partial<Parameters<typeof feedText>[0]> = {}) => feedText({ page, signedAt: now - dayMs, ...of });
const read = (file: string, trust: Partial<FeedTrust> = {}) =>
  readFeed(file, { keys: [key.publicKey], isSigned, page, running: '1.0.0', seenSignedAt: 0, now, ...trust });
const newest = (versions: readonly string[], running: string) => {
  const reading = read(signedFeed(text({ versions }), key), { running });
  return reading.ok ? (reading.value.newest?.version ?? null) : reading.error.code;
};
const codeOf = (file: string, trust?: Partial<FeedTrust>) => {
  const reading = read(file, trust);
  return reading.ok ? null : reading.error.code;
};

describe('a signed feed', () => {
  it('tells of the version that is newer than the one that runs', () => {
    expect(read(signedFeed(text(), key))).toEqual({
      ok: true,
      value: { signedAt: now - dayMs, newest: { version: '1.1.0', date: '2026-12-24', notes: `${page}/releases/tag/v1.1.0` } },
    });
  });

  it('never tells of the version that runs, or of an older one', () => {
    expect(newest(['1.1.0', '1.0.9'], '1.1.0')).toBeNull();
    expect(newest(['1.1.0'], '1.2.0')).toBeNull();
    expect(newest(['1.1.0-rc.3'], '1.1.0')).toBeNull();
  });

  it('tells only those of candidates who run one, and these also of releases', () => {
    expect(newest(['1.2.0-rc.1', '1.1.0'], '1.0.0')).toBe('1.1.0');
    expect(newest(['1.2.0-rc.1', '1.1.0'], '1.1.0')).toBeNull();
    expect(newest(['1.1.0', '1.2.0-rc.2', '1.2.0-rc.1'], '1.0.0-rc.1')).toBe('1.2.0-rc.2');
    expect(newest(['1.2.0', '1.2.0-rc.2'], '1.2.0-rc.1')).toBe('1.2.0');
  });

  it('is known by any of the keys of the build, so that one key can be followed by another', () => {
    const both = signedFeed(text(), key, nextKey);
    expect(codeOf(both, { keys: [key.publicKey] })).toBeNull();
    expect(codeOf(both, { keys: [nextKey.publicKey] })).toBeNull();
    expect(codeOf(signedFeed(text(), nextKey), { keys: [key.publicKey, nextKey.publicKey] })).toBeNull();
  });

  it('may say more than this version knows', () => {
    const more = JSON.stringify({ ...(JSON.parse(text()) as object), more: { than: 'that' } });
    expect(codeOf(signedFeed(more, key))).toBeNull();
  });
});

describe('a feed is not believed', () => {
  it('that another key signed, under its own name or under that of a known one', () => {
    expect(codeOf(signedFeed(text(), foreignKey))).toBe('update-feed-untrusted');
    expect(codeOf(signedFeed(text(), { ...foreignKey, id: key.id }))).toBe('update-feed-untrusted');
  });

  it('by a build that has no key', () => {
    expect(codeOf(signedFeed(text(), key), { keys: [] })).toBe('update-feed-untrusted');
  });

  it('of which any one byte was changed', () => {
    const signed = Buffer.from(text());
    for (let at = 0; at < signed.length; at += 1) {
      const changed = Buffer.from(signed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const file = JSON.parse(signedFeed(text(), key)) as Record<string, unknown>;
      expect(codeOf(JSON.stringify({ ...file, feed: changed.toString('base64') }))).toBe('update-feed-untrusted');
    }
  });

  it('whose signature is of the same text for another purpose', () => {
    const file = signedFeed(`sts-tray update feed\n${text()}`, key);
    const { signatures } = JSON.parse(file) as { signatures: unknown };
    expect(codeOf(JSON.stringify({ feed: Buffer.from(text()).toString('base64'), signatures }))).toBe('update-feed-untrusted');
  });

  it('with two signatures in the name of one key', () => {
    expect(codeOf(signedFeed(text(), key, key))).toBe('update-feed-untrusted');
  });

  it('from the moment at which it expires', () => {
    const file = signedFeed(text({ signedAt: now - 90 * dayMs }), key);
    expect(read(file, { now: now - 1 }).ok).toBe(true);
    expect(read(file)).toEqual({ ok: false, error: { code: 'update-feed-stale', params: { host: 'example.com', day: '2026-09-25' } } });
  });

  it('that would hold for years', () => {
    const lasting = JSON.stringify({ ...(JSON.parse(text()) as object), expiresAt: '2036-01-01T00:00:00.000Z' });
    expect(codeOf(signedFeed(lasting, key))).toBe('update-feed-untrusted');
  });

  it('that is older than one that was believed before', () => {
    const file = signedFeed(text(), key);
    expect(codeOf(file, { seenSignedAt: now - dayMs })).toBeNull();
    expect(codeOf(file, { seenSignedAt: now })).toBe('update-feed-stale');
  });

  it.each(['https://evil.example/', `${page}/../other`, 'javascript:alert(1)', `http://example.com/owner/sts-tray/x`, ''])('whose notes are at %j', (notes) => {
    const feed = { ...(JSON.parse(text()) as object), versions: [{ version: '1.1.0', date: '2026-12-24', notes }] };
    expect(codeOf(signedFeed(JSON.stringify(feed), key))).toBe('update-feed-untrusted');
  });

  it.each([
    ['another format', { format: 2 }],
    ['no format', { format: undefined }],
    ['no versions', { versions: [] }],
    ['a version that is none', { versions: [{ version: '1.1', date: '2026-12-24', notes: `${page}/x` }] }],
    ['a day that is none', { versions: [{ version: '1.1.0', date: '2026-02-30', notes: `${page}/x` }] }],
    ['too many versions', { versions: Array.from({ length: 11 }, () => ({ version: '1.1.0', date: '2026-12-24', notes: `${page}/x` })) }],
    ['a time that is none', { expiresAt: 'never' }],
  ])('with %s, though it is signed', (_, changes) => {
    expect(codeOf(signedFeed(JSON.stringify({ ...(JSON.parse(text()) as object), ...changes }), key))).toBe('update-feed-untrusted');
  });

  it('that has a name twice, so that two parsers would read it differently', () => {
    const twice = text().replace('"format":1', '"format":1,"format":1');
    expect(codeOf(signedFeed(twice, key))).toBe('update-feed-untrusted');
    const file = signedFeed(text(), key);
    expect(codeOf(file.replace('{"feed"', '{"feed":"AAAA","feed"'))).toBe('update-feed-untrusted');
    expect(codeOf(file.replace('{"feed"', '{"__proto__":{},"feed"'))).toBe('update-feed-untrusted');
  });

  it.each([
    '',
    'junk',
    '<!doctype html><title>Sign in</title>',
    'null',
    '[]',
    '{}',
    '{"feed":"","signatures":[]}',
    '{"feed":"AAAA","signatures":[]}',
    '{"feed":7}',
    '"\ud800"',
  ])('that is none: %j', (junk) => {
    expect(codeOf(junk)).toBe('update-feed-untrusted');
  });

  it('that is cut off anywhere', () => {
    const file = signedFeed(text(), key).trimEnd();
    for (let length = 0; length < file.length; length += 1) expect(codeOf(file.slice(0, length))).toBe('update-feed-untrusted');
  });

  it('that is far too large', () => {
    expect(codeOf(JSON.stringify({ feed: 'A'.repeat(feedBytesMax + 4), signatures: [{ key: key.id, signature: `${'A'.repeat(86)}==` }] }))).toBe(
      'update-feed-untrusted',
    );
  });
});

it('a key is named by its first bytes', () => {
  expect(keyIdOf(Buffer.from([0, 1, 255, 16, 4, 5, 6, 7, ...Array<number>(24).fill(9)]).toString('base64'))).toBe('0001ff1004050607');
});
