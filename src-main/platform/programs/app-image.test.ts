import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownAppImage } from './app-image.ts';

let home: string;
let executable: string;
const file = '/home/ann/sts-tray.AppImage';

beforeAll(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'app-image-')));
  for (const folder of ['mount', 'mount2']) await mkdir(join(home, folder));
  executable = join(home, 'mount', 'sts-tray');
  await writeFile(executable, '');
  await symlink(join(home, 'mount'), join(home, 'link'));
});
afterAll(() => rm(home, { recursive: true }));

describe('the AppImage of the app', () => {
  it.for(['mount', 'mount/', 'link'])('the AppImage of the app is the one that is mounted around it, here as %s', (mount) => {
    expect(ownAppImage(executable, { APPIMAGE: file, APPDIR: join(home, mount) })).toBe(file);
  });

  it.for([
    ['another AppImage started it', 'mount2'],
    ['the folder only begins with the same letters', 'mou'],
    ['everything lies in the folder', '/'],
    ['the folder is not named', ''],
    ['the folder is not there any more', 'gone'],
  ] as const)('the AppImage of the app is none where %s', ([, mount]) => {
    const folder = mount === '' || mount === '/' ? mount : join(home, mount);
    expect(ownAppImage(executable, { APPIMAGE: file, APPDIR: folder })).toBeNull();
    expect(ownAppImage(executable, { APPIMAGE: file })).toBeNull();
  });

  it.for(['', 'evil', './evil.AppImage'])('the AppImage of the app is none that is named by %j, which depends on the folder one stands in', (name) => {
    expect(ownAppImage(executable, { APPIMAGE: name, APPDIR: join(home, 'mount') })).toBeNull();
  });
});
