import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkout } from '../app/running-app.ts';
import { trackedFiles } from '../structure/source-tree.ts';
import { suspectsIn } from './secret-scan.ts';

/** Where hashes have forty characters of base64 by chance, and no person writes. */
const generated = new Set(['package-lock.json']);

// Put together here, so that this file holds none itself.
const invented = {
  'AWS access key ID': ['AKIA', 'Q2W7E3R4T5Y6U2I7'],
  'AWS secret access key': ['q8Zk2Vb7Xn4Lp9Rt', '6Wc3Yd1Hf5Jg0Ms+Tz/Ae2Bu'],
  'AWS session token': ['IQoJ', 'b3JpZ2luX2VjE'.repeat(9)],
  'private key': ['-----BEGIN RSA ', 'PRIVATE KEY-----\n', 'MIIEpAIBAAKCAQEA'.repeat(3)],
  'GitHub token': ['ghp_', 'a1B2c3D4e5F6'.repeat(3)],
  'GitLab token': ['glpat-', 'a1B2c3D4e5F6g7H8i9J0'],
  'npm token': ['npm_', 'a1B2c3D4e5F6'.repeat(3)],
  'Slack token': ['xoxb-', '1234567890-abcdef'],
  'Google API key': ['AIza', 'Sy0a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6'],
  'Stripe key': ['sk_live_', 'a1B2c3D4e5F6g7H8'],
};

describe('a search for forgotten secrets', () => {
  it('no tracked file holds what looks like a secret', () => {
    const files = trackedFiles(checkout).filter((file) => !generated.has(file) && statSync(join(checkout, file)).isFile());
    expect(files.length).toBeGreaterThan(500);
    const found = files.flatMap((file) => suspectsIn(readFileSync(join(checkout, file), 'latin1')).map(({ kind, line }) => `${file}:${line}: ${kind}`));
    expect(found).toEqual([]);
  });

  it.each(Object.entries(invented))('a search for forgotten secrets finds an %s and its line', (kind, parts) => {
    expect(suspectsIn(`first\nkey = "${parts.join('')}"\n`)).toEqual([{ kind, line: 2 }]);
  });

  it.each([
    'AKIAIOSFODNN7EXAMPLE',
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'ASIAAAAAAAAAAAAAAAAA',
    'a'.repeat(40),
    '0123456789abcdef0123456789abcdef01234567',
  ])('a search for forgotten secrets passes over %s, which is invented or none', (text) => {
    expect(suspectsIn(text)).toEqual([]);
  });
});
