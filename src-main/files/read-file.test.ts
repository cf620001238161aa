import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemErrorCode } from '../core/system-error.ts';
import { readRegularFile } from './read-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-file-'));
});
afterEach(() => rm(folder, { recursive: true }));

const codeOf = (name: string) =>
  readRegularFile(join(folder, name), 1000).then(
    (bytes) => bytes.toString(),
    (error: unknown) => systemErrorCode(error),
  );

describe('a file that somebody else may have made', () => {
  it('a file that somebody else may have made is read to its end, up to the limit', async () => {
    await writeFile(join(folder, 'file'), 'x'.repeat(1000));
    await symlink('file', join(folder, 'link'));
    expect(await codeOf('link')).toBe('x'.repeat(1000));
    await writeFile(join(folder, 'empty'), '');
    expect(await codeOf('empty')).toBe('');
  });

  it.skipIf(process.platform === 'win32')(
    'a file that somebody else may have made is not waited for where it is a pipe, a device, a socket or a folder',
    async () => {
      spawnSync('mkfifo', [join(folder, 'fifo')]);
      await symlink('/dev/zero', join(folder, 'zero'));
      await symlink('/dev/tty', join(folder, 'tty'));
      await mkdir(join(folder, 'folder'));
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(join(folder, 'socket'), resolve));
      expect(await Promise.all(['fifo', 'zero', 'tty', 'socket', 'folder', 'gone'].map(codeOf))).toEqual([
        ...['EINVAL', 'EINVAL', 'EINVAL', 'EINVAL'],
        ...['EISDIR', 'ENOENT'],
      ]);
      await new Promise((resolve) => server.close(resolve));
    },
  );

  it('a file that somebody else may have made is not read where it is larger than the limit', async () => {
    await writeFile(join(folder, 'large'), 'x'.repeat(1001));
    await writeFile(join(folder, 'hole'), '');
    await truncate(join(folder, 'hole'), 2 ** 40);
    expect([await codeOf('large'), await codeOf('hole')]).toEqual(['EFBIG', 'EFBIG']);
  });

  it.runIf(process.platform === 'linux')(
    'a file that somebody else may have made is not read to an end that it does not have, where it claims to be empty',
    async () => {
      await symlink('/proc/kallsyms', join(folder, 'endless'));
      expect(await codeOf('endless')).toBe('EFBIG');
    },
  );
});
