import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './checkout.mjs';
import { oldestNode, refuseOldNode, usualNode } from './node-version.mjs';
import { SetupError } from './setup-error.mjs';

const [major, minor] = oldestNode().split('.').map(Number);
const messageOf = (version) => {
  try {
    refuseOldNode(version);
    return null;
  } catch (error) {
    return error instanceof SetupError ? error.message : String(error);
  }
};

describe('The Node that runs the scripts', () => {
  test.each([`${major - 2}.20.8`, `${major}.${minor - 1}.9`, '9.99.0'])(
    'Node %s is refused in a sentence that names what is needed and what to install',
    (version) => {
      expect(messageOf(version)).toBe(
        `Node ${oldestNode()} or newer is needed, and this is ${version}: install Node ${usualNode()}, from nodejs.org or with a version manager, and run the command again.`,
      );
    },
  );

  test.each([`${major}.${minor}.0`, `${major}.${minor + 1}.2`, `${major + 2}.0.0`, '100.0.0', process.versions.node])('Node %s is taken', (version) => {
    expect(messageOf(version)).toBeNull();
  });

  test('the Node that version managers and CI take is new enough', () => {
    expect(messageOf(`${usualNode()}.0.0`)).toBeNull();
  });

  test.each(['README.md', 'README.ja.md'])('%s names the same Node as package.json', (name) => {
    const named = [...readFileSync(join(root, name), 'utf8').matchAll(/\bNode (\d[\d.]*\d)/g)].map(([, version]) => version);
    expect(named).toEqual([oldestNode()]);
  });
});
