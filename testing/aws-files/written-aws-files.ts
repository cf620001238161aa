import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

/** The lines of a user's access key. */
export const keyLines = ['aws_access_key_id = AKIAEXAMPLE', 'aws_secret_access_key = invented'];

/** Places for both AWS files in a folder of each test's own. Neither file is there until `write` has written its lines. */
export function writtenAwsFiles() {
  const places = { folder: '' };
  beforeEach(async () => {
    places.folder = await mkdtemp(join(tmpdir(), 'aws-files-'));
  });
  afterEach(() => rm(places.folder, { recursive: true }));
  const files = {
    get config() {
      return join(places.folder, 'config');
    },
    get credentials() {
      return join(places.folder, 'credentials');
    },
  };
  const write = (file: keyof typeof files, ...lines: string[]) => writeFile(files[file], `${lines.join('\n')}\n`, { mode: 0o600 });
  return { files, write, folder: () => places.folder };
}
