import { chmod, lstat, mkdir, mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { DebianRoot, repackaged } from '../../testing/packages/debian-root.ts';
import { linuxSizes } from '../icons.mjs';
import { capture } from '../setup/child-process.mjs';
import { readJson, root as checkout } from '../setup/checkout.mjs';
import { findCommand } from '../setup/system-packages.mjs';
import { makeDeb } from './deb.mjs';
import { systemVersion } from './linux-tree.mjs';

const manifest = { ...readJson(join(checkout, 'package.json')), version: '1.2.0-rc.1' };
const { deb, linux } = parse(readFileSync(join(checkout, 'electron-builder.yml'), 'utf8'));

// The app in these packages is a script: e2e/whole/deb.spec.ts has the real one.
describe.skipIf(!findCommand('dpkg-deb'))('the Debian package', () => {
  let folder;
  let file;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'deb-'));
    const app = join(folder, 'unpacked');
    const launcher = await readFile(join(checkout, 'bin', 'sts-tray'));
    const parts = {
      'sts-tray': '#!/bin/sh\necho "app: $*"\n',
      'chrome-sandbox': '',
      'resources/app.asar': 'archive',
      'resources/bin/sts-tray': launcher,
      LICENSE: 'licence',
    };
    for (const [path, text] of Object.entries(parts)) {
      await mkdir(dirname(join(app, path)), { recursive: true });
      await writeFile(join(app, path), text);
      // As on a computer whose user lets nobody read new files.
      await chmod(join(app, path), path.endsWith('sts-tray') || path === 'chrome-sandbox' ? 0o700 : 0o600);
    }
    file = join(folder, 'made', 'sts-tray.deb');
    await makeDeb({ unpacked: app, file, manifest, arch: 'amd64', compression: 'none' });
  });
  afterAll(() => rm(folder, { recursive: true }));

  const installed = async (use) => {
    const root = await DebianRoot.create();
    try {
      await root.install(file);
      await use(root);
    } finally {
      await root.close();
    }
  };

  test('the package says of itself what electron-builder.yml and package.json say', async () => {
    const { stdout } = await capture('dpkg-deb', ['--field', file]);
    const field = (name) => new RegExp(`^${name}: (.*)$`, 'm').exec(stdout)?.[1];
    expect(['Package', 'Version', 'Architecture', 'Maintainer', 'Section', 'Description'].map(field)).toEqual([
      'sts-tray',
      '1.2.0~rc.1',
      'amd64',
      linux.maintainer,
      deb.packageCategory,
      linux.synopsis,
    ]);
    expect(field('Depends').split(', ')).toEqual(deb.depends);
    expect(field('Recommends').split(', ')).toEqual(deb.recommends);
    expect(Number(field('Installed-Size'))).toBeGreaterThan(50);
  });

  test('a version before a release is older than the release', async () => {
    expect(systemVersion('1.0.0')).toBe('1.0.0');
    expect((await capture('dpkg', ['--compare-versions', systemVersion('1.0.0-rc.1'), 'lt', systemVersion('1.0.0')])).code).toBe(0);
    expect((await capture('dpkg', ['--compare-versions', systemVersion('1.0.0-rc.2'), 'gt', systemVersion('1.0.0-rc.1')])).code).toBe(0);
  });

  test('every file is where Debian has it, and as it is in the checkout', async () => {
    await installed(async (root) => {
      const share = (path) => `usr/share/${path}`;
      const icons = linuxSizes.map((size) => share(`icons/hicolor/${size}x${size}/apps/sts-tray.png`));
      expect(await root.files()).toEqual(
        [
          'usr/bin/sts-tray',
          ...['sts-tray', 'chrome-sandbox', 'resources/app.asar', 'resources/bin/sts-tray', 'LICENSE'].map((path) => `usr/lib/sts-tray/${path}`),
          ...icons,
          share('icons/hicolor/scalable/apps/sts-tray.svg'),
          share('applications/sts-tray.desktop'),
          share('metainfo/dev.ststray.app.metainfo.xml'),
          share('man/man1/sts-tray.1.gz'),
          share('bash-completion/completions/sts-tray'),
          share('zsh/vendor-completions/_sts-tray'),
          share('fish/vendor_completions.d/sts-tray.fish'),
          share('doc/sts-tray/changelog.gz'),
          share('doc/sts-tray/copyright'),
        ].toSorted(),
      );
      const page = gunzipSync(await readFile(root.path(share('man/man1/sts-tray.1.gz'))));
      expect(page.equals(await readFile(join(checkout, 'assets/linux/sts-tray.1')))).toBe(true);
      expect(await readFile(root.path(share('applications/sts-tray.desktop')), 'utf8')).toContain('\nExec=sts-tray\n');
    });
  });

  test('everybody may read and nobody but root may change anything, whoever built it, and only the sandbox has the rights of root', async () => {
    await installed(async (root) => {
      const modes = new Map();
      for (const path of await root.files()) {
        const { mode } = await lstat(root.path(path));
        if (path !== 'usr/bin/sts-tray') modes.set((mode & 0o7777).toString(8), [...(modes.get((mode & 0o7777).toString(8)) ?? []), path]);
      }
      expect(new Set(modes.keys())).toEqual(new Set(['4755', '644', '755']));
      expect(modes.get('4755')).toEqual(['usr/lib/sts-tray/chrome-sandbox']);
      expect(modes.get('755')).toEqual(['usr/lib/sts-tray/resources/bin/sts-tray', 'usr/lib/sts-tray/sts-tray']);
      for (const path of ['usr', 'usr/lib/sts-tray', 'usr/lib/sts-tray/resources']) expect((await stat(root.path(path))).mode & 0o7777).toBe(0o755);
      const { stdout } = await capture('dpkg-deb', ['--contents', file]);
      expect(
        new Set(
          stdout
            .trim()
            .split('\n')
            .map((line) => line.split(/\s+/)[1]),
        ),
      ).toEqual(new Set(['root/root']));
    });
  });

  test('the command on the PATH is the launcher of the package, which finds the app', async () => {
    await installed(async (root) => {
      expect(await readlink(root.path('usr/bin/sts-tray'))).toBe('../lib/sts-tray/resources/bin/sts-tray');
      const { stdout } = await capture('sts-tray', ['status'], { env: { PATH: `${root.path('usr/bin')}:${process.env.PATH}`, HOME: folder } });
      expect(stdout).toMatch(/^app: .*status\n$/);
    });
  });

  test('a newer version takes the place of an older one, whose own files go', async () => {
    const older = await repackaged(file, '1.1.0', (tree) => writeFile(join(tree, 'usr/lib/sts-tray/of-old'), ''));
    const root = await DebianRoot.create();
    try {
      await root.install(older);
      expect([await root.version('sts-tray'), (await root.files()).includes('usr/lib/sts-tray/of-old')]).toEqual(['1.1.0', true]);
      await root.install(file);
      expect([await root.version('sts-tray'), (await root.files()).includes('usr/lib/sts-tray/of-old')]).toEqual(['1.2.0~rc.1', false]);
    } finally {
      await root.close();
      await rm(dirname(older), { recursive: true });
    }
  });

  test('a package that is removed leaves nothing of its own, and says what of each user stays and where', async () => {
    await installed(async (root) => {
      expect(await root.remove('sts-tray')).toMatch(/What belongs to each user stays: .*"~\/\.config\/STS Tray"/);
      expect([await root.files(), await root.version('sts-tray')]).toEqual([[], null]);
    });
  });

  test('the sums of all files are in the package, for those who look whether one was changed', async () => {
    await installed(async (root) => {
      const sums = await readFile(root.path('var/lib/dpkg/info/sts-tray.md5sums'), 'utf8');
      expect(sums.trim().split('\n')).toHaveLength((await root.files()).length - 1);
      const check = () => capture('md5sum', ['--check', '--quiet', root.path('var/lib/dpkg/info/sts-tray.md5sums')], { cwd: root.folder });
      expect(await check()).toMatchObject({ code: 0 });
      await writeFile(root.path('usr/lib/sts-tray/resources/app.asar'), 'changed');
      expect(await check()).toMatchObject({ code: 1 });
    });
  });

  test('what dpkg-deb complains of is told, and nothing is left beside', async () => {
    const made = makeDeb({
      unpacked: join(folder, 'unpacked'),
      file: join(folder, 'broken', 'x.deb'),
      manifest: { ...manifest, version: 'no version' },
      arch: 'amd64',
      compression: 'none',
    });
    await expect(made).rejects.toThrow(/^dpkg-deb made no package \(.*\): put that right and run the command again\.$/);
    expect((await capture('ls', ['-A', join(folder, 'broken')])).stdout).toBe('');
  });
});
