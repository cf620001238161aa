import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hasIntegrity, refuseUnlessPinned } from './fallback-runtime.mjs';
import { SetupError } from './setup-error.mjs';

const content = 'an archive';
const integrity = `sha512-${createHash('sha512').update(content).digest('base64')}`;
let folder;
let archive;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sts-tray-archive-'));
  archive = join(folder, 'archive.tgz');
  await writeFile(archive, content);
});
afterEach(() => rm(folder, { recursive: true }));

describe('The archive of the fallback runtime', () => {
  test('the archive of the fallback runtime is taken when it is the pinned one', async () => {
    await expect(hasIntegrity(archive, integrity)).resolves.toBe(true);
    await expect(refuseUnlessPinned(archive, { spec: 'x@1.0.0', integrity })).resolves.toBeUndefined();
  });

  test('the archive of the fallback runtime is refused, with a sentence, when a byte differs', async () => {
    await writeFile(archive, `${content}!`);
    const refusal = refuseUnlessPinned(archive, { spec: 'x@1.0.0', integrity });
    await expect(refusal).rejects.toThrow(SetupError);
    await expect(refusal).rejects.toThrow('x@1.0.0 is not the pinned archive, and nothing of it was used');
  });
});
