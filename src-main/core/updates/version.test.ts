import { describe, expect, it } from 'vitest';
import { isCandidate, isNewer } from './version.ts';

describe('the order of versions', () => {
  // The example of Semantic Versioning, with more around it.
  const ordered = [
    ...['0.9.9', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11'],
    ...['1.0.0-rc.1', '1.0.0-rc.2', '1.0.0', '1.0.1', '1.2.0', '1.10.0', '2.0.0-rc.1', '2.0.0'],
  ];

  it('a version is newer than those before it, and than no other', () => {
    for (const [index, version] of ordered.entries()) expect(ordered.filter((other) => isNewer(version, other))).toEqual(ordered.slice(0, index));
  });

  it.each(['', 'v1.0.0', '1.0', '1.0.0.0', '01.0.0', '1.0.0-', '1.0.0+build', ' 1.0.0', '1.0.0\n', '9999999.0.0'])(
    '%j is no version, and so not newer than one',
    (text) => {
      expect(isNewer(text, '0.0.1')).toBe(false);
      expect(isNewer('9.0.0', text)).toBe(false);
    },
  );

  it('a candidate is known by what stands behind its numbers', () => {
    expect(ordered.filter(isCandidate)).toEqual(ordered.filter((version) => version.includes('-')));
  });
});
