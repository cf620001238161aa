import { copyFile, mkdir, mkdtemp, open, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nothingHappensFor } from '../../../testing/processes/deadline.ts';
import { eventually } from '../../../testing/processes/eventually.ts';
import { watchAwsFiles, type AwsFilesWatch } from './config-watcher.ts';

let home: string;
let files: { config: string; credentials: string };
let changes = 0;
let watcher: AwsFilesWatch;

/** Makes a change on the disk and waits until the watcher has reported it. */
async function told(change: () => Promise<unknown>): Promise<void> {
  const before = changes;
  await change();
  await eventually(() => expect(changes).toBeGreaterThan(before));
}

async function start(): Promise<void> {
  changes = 0;
  watcher = watchAwsFiles(files, () => (changes += 1));
  await watcher.ready;
}

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'aws-home-'));
  files = { config: join(home, '.aws', 'config'), credentials: join(home, '.aws', 'credentials') };
});
afterEach(async () => {
  await watcher.dispose();
  await rm(home, { recursive: true });
});

describe('watching the AWS files', () => {
  it('the AWS files are watched from before their folder exists', async () => {
    await start();
    await mkdir(join(home, '.aws'));
    await told(() => writeFile(files.credentials, '[default]\n'));
    expect(changes).toBeGreaterThan(0);
  });

  it('the AWS files are watched through a change, a replacement as editors do it, and a removal', async () => {
    await mkdir(join(home, '.aws'));
    await writeFile(files.config, 'a');
    await start();
    await told(() => writeFile(files.config, 'bb'));
    await told(async () => {
      await writeFile(`${files.config}.new`, 'ccc');
      await rename(`${files.config}.new`, files.config);
    });
    await told(() => writeFile(files.config, 'dddd'));
    await told(() => unlink(files.config));
    await told(() => writeFile(files.config, 'e'));
    expect(changes).toBeGreaterThanOrEqual(5);
  });

  it('the AWS files are watched through the removal of their folder, and its return', async () => {
    await mkdir(join(home, '.aws'));
    await writeFile(files.credentials, 'a');
    await start();
    await told(() => rm(join(home, '.aws'), { recursive: true }));
    await mkdir(join(home, '.aws'));
    await told(() => writeFile(files.credentials, 'b'));
    await told(() => writeFile(files.credentials, 'cc'));
    expect(changes).toBeGreaterThanOrEqual(3);
  });

  it('the AWS files are watched through a folder that is a link to another one', async () => {
    await mkdir(join(home, 'dotfiles'));
    await symlink(join(home, 'dotfiles'), join(home, '.aws'));
    await start();
    await told(() => writeFile(files.credentials, 'a'));
    await told(() => writeFile(files.credentials, 'bb'));
    expect(changes).toBeGreaterThanOrEqual(2);
  });

  it('nothing but the AWS files is watched in the folders around them', async () => {
    await mkdir(join(home, '.aws'));
    await start();
    await writeFile(join(home, 'other'), 'x');
    await writeFile(join(home, '.aws', 'other'), 'x');
    await mkdir(join(home, '.aws', 'cli'));
    await nothingHappensFor(600);
    expect(changes).toBe(0);
  });
});

/** What programs do to a file that they save. */
const savings: Readonly<Record<string, (file: string, text: string) => Promise<unknown>>> = {
  'in place, as by the AWS CLI': async (file, text) => {
    const handle = await open(file, 'r+');
    await handle.write(text, 0);
    await handle.truncate(text.length);
    await handle.close();
  },
  'emptied and written, as by VS Code': (file, text) => writeFile(file, text),
  'by a file that is renamed over it, as by many': async (file, text) => {
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  },
  'by a new file, with the old one renamed away first, as by vim': async (file, text) => {
    await rename(file, `${file}~`);
    await writeFile(file, text);
    await unlink(`${file}~`);
  },
  'after a copy of it was kept, as by nano': async (file, text) => {
    await copyFile(file, `${file}~`);
    await writeFile(file, text);
  },
  'by a new file, with the old one removed first': async (file, text) => {
    await unlink(file);
    await writeFile(file, text);
  },
  'by a link that leads to another file': async (file, text) => {
    const other = `${home}/${text}`;
    await writeFile(other, text);
    await symlink(other, `${file}.link`);
    await rename(`${file}.link`, file);
  },
};

describe('an AWS file that is a link', () => {
  it.for(Object.entries(savings).slice(0, 6))('an AWS file that is a link is followed where the file at its end is replaced %s', async ([, save]) => {
    await mkdir(join(home, '.aws'));
    await mkdir(join(home, 'dotfiles'));
    const real = join(home, 'dotfiles', 'config');
    await writeFile(real, 'before');
    await symlink(real, files.config);
    await start();
    for (const text of ['once', 'twice', 'a third time']) await told(() => save(real, text));
    expect(changes).toBeGreaterThanOrEqual(3);
  });
});

describe('an AWS file that is replaced', () => {
  it.for(Object.entries(savings))('an AWS file that is replaced %s is followed, again and again', async ([, save]) => {
    await mkdir(join(home, '.aws'));
    await writeFile(files.config, 'before');
    await start();
    for (const text of ['once', 'twice', 'a third time']) await told(() => save(files.config, text));
    expect(changes).toBeGreaterThanOrEqual(3);
  });
});
