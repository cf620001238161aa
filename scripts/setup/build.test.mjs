import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashOf } from './build.mjs';

let folder;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sts-tray-build-'));
  await mkdir(join(folder, 'src/deep'), { recursive: true });
  await writeFile(join(folder, 'src/deep/a.ts'), 'one');
});
afterEach(() => rm(folder, { recursive: true }));

const hash = () => hashOf(folder, ['src', 'not-there.json']);

describe('The hash of the sources', () => {
  test('the hash of the sources stays when a file is written again with the same content', async () => {
    const before = hash();
    await writeFile(join(folder, 'src/deep/a.ts'), 'one');
    expect(hash()).toBe(before);
  });

  test('the hash of the sources changes with a content', async () => {
    const before = hash();
    await writeFile(join(folder, 'src/deep/a.ts'), 'two');
    expect(hash()).not.toBe(before);
  });

  test('the hash of the sources changes with a name', async () => {
    const before = hash();
    await rename(join(folder, 'src/deep/a.ts'), join(folder, 'src/deep/b.ts'));
    expect(hash()).not.toBe(before);
  });

  test('the hash of the sources does not change with a test, which is not in the build', async () => {
    const before = hash();
    await writeFile(join(folder, 'src/deep/a.test.ts'), 'test');
    expect(hash()).toBe(before);
  });
});
