import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extractFile, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from 'playwright/test';
import { z } from 'zod';

// What `npm run package` made last, looked at from outside. A release has no inspector that
// Playwright could use. `npm test -- --with-package` runs these, plain `npm test` does not.

const checkout = fileURLToPath(new URL('..', import.meta.url));
const record = join(checkout, '.runtime/packaged.json');
const Packaged = z.object({
  runtime: z.enum(['official', 'fallback']),
  unpacked: z.string(),
  artifacts: z.array(z.string()),
});
const packaged = existsSync(record) ? Packaged.parse(JSON.parse(readFileSync(record, 'utf8'))) : null;

test.describe('The package', { tag: '@package' }, () => {
  test.skip(packaged === null, 'nothing is packaged: run `npm run package`');
  const { runtime, unpacked, artifacts } = packaged ?? { runtime: 'official', unpacked: '', artifacts: [] };

  test('has every fuse set for release', async () => {
    const { version: _version, ...wire } = await getCurrentFuseWire(fuseCarrier(unpacked));
    const fuses = Object.entries(wire).map(([index, state]) => [FuseV1Options[Number(index)], isEnabled(state)]);
    expect(Object.fromEntries(fuses)).toMatchObject({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
    });
  });

  test('holds the built app, its icons and nothing else', () => {
    const files = filesIn(asarOf(unpacked));
    expect(files).toContain('package.json');
    expect(files).toContain('dist/main/main.cjs');
    expect(files).toContain('dist/preload/preload.cjs');
    expect(files).toContain('dist/renderer/index.html');
    expect(files).toContain('assets/icon.png');
    const surplus = files.filter(
      (file) => !/^(?:package\.json|assets\/icon\.png|assets\/tray\/[^/]+\.(?:png|ico)|dist\/(?:main|preload|renderer)\/.+)$/.test(file),
    );
    expect(surplus).toEqual([]);
  });

  test('holds no source map, no source and no test', () => {
    expect(filesIn(asarOf(unpacked)).filter((file) => /\.(?:map|tsx?|mts|cts)$|\.test\.|\.spec\./.test(file))).toEqual([]);
  });

  test('names neither scripts nor development dependencies', () => {
    const manifest: unknown = JSON.parse(extractFile(asarOf(unpacked), 'package.json').toString());
    expect(manifest).not.toHaveProperty('scripts');
    expect(manifest).not.toHaveProperty('devDependencies');
    expect(manifest).toMatchObject({ name: 'sts-tray', main: 'dist/main/main.cjs' });
  });

  test('has no app beside app.asar that Electron could load instead', () => {
    expect(existsSync(join(resourcesOf(unpacked), 'app'))).toBe(false);
    expect(existsSync(join(resourcesOf(unpacked), 'default_app.asar'))).toBe(false);
  });

  test('names no folder of the machine that it was built on', async () => {
    const asar = await readFile(asarOf(unpacked));
    expect(asar.includes(checkout.replace(/[\\/]$/, ''))).toBe(false);
  });

  test('says by its name whether it was made with the fallback runtime', () => {
    for (const path of [unpacked, ...artifacts]) {
      expect(path.includes('unofficial-runtime')).toBe(runtime === 'fallback');
    }
  });
});

const macBundle = (unpacked: string) => join(unpacked, 'STS Tray.app');

/** The file or bundle that `getCurrentFuseWire` reads. */
function fuseCarrier(unpacked: string): string {
  if (process.platform === 'darwin') return macBundle(unpacked);
  return join(unpacked, process.platform === 'win32' ? 'STS Tray.exe' : 'sts-tray');
}

const resourcesOf = (unpacked: string) =>
  process.platform === 'darwin' ? join(macBundle(unpacked), 'Contents', 'Resources') : join(unpacked, 'resources');

const asarOf = (unpacked: string) => join(resourcesOf(unpacked), 'app.asar');

/** Paths of all files, without the folders, with `/` and without a leading one. */
function filesIn(asar: string): readonly string[] {
  const entries = listPackage(asar, { isPack: false }).map((entry) => entry.replaceAll('\\', '/').slice(1));
  const folders = new Set(entries.map((entry) => entry.slice(0, entry.lastIndexOf('/'))));
  return entries.filter((entry) => !folders.has(entry));
}

/** A fuse's byte is the ASCII code of its state. */
const isEnabled = (state: unknown) => state === '1'.charCodeAt(0);
