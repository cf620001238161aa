import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { capture } from '../setup/child-process.mjs';
import { root } from '../setup/checkout.mjs';
import { SetupError } from '../setup/setup-error.mjs';
import { appFolder, layOutTree, name, putCopy, putText, systemVersion } from './linux-tree.mjs';

/** Debian's names of the processors that Electron is built for, by Node's. */
export const debianArchitectures = { x64: 'amd64', arm64: 'arm64' };

/**
 * Makes a Debian package of the folder that electron-builder made, with `dpkg-deb`: electron-builder itself would fetch
 * fpm. Nothing runs while the package is installed: its link on the `PATH` and the rights of Chromium's sandbox are in its
 * files, and Debian's triggers see to icons, menus and manual pages.
 * @param {{ unpacked: string, file: string, manifest: { version: string, productName: string, description: string, desktopName: string, license: string },
 *   arch: string, compression: 'none' | 'xz' }} what `arch` is Debian's name
 * @throws {SetupError}
 */
export async function makeDeb({ unpacked, file, manifest, arch, compression }) {
  const configuration = await readFile(join(root, 'electron-builder.yml'), 'utf8');
  await mkdir(dirname(file), { recursive: true });
  // Beside the result, so that nothing is copied from one file system to another.
  const tree = await mkdtemp(join(dirname(file), '.deb-'));
  try {
    const more = { [`usr/share/doc/${name}/copyright`]: copyright({ configuration, manifest }) };
    const files = await layOutTree({ tree, unpacked, configuration, manifest, zsh: 'usr/share/zsh/vendor-completions', more });
    await describe(tree, files, { configuration, manifest, arch });
    const made = await capture('dpkg-deb', ['--root-owner-group', `-Z${compression}`, '--build', tree, file]);
    if (made.code !== 0) throw new SetupError(`dpkg-deb made no package (${made.stderr.trim().split('\n')[0]}): put that right and run the command again.`);
  } finally {
    await rm(tree, { recursive: true });
  }
}

const copyright = ({ configuration, manifest }) => `${manifest.productName}
${parse(configuration).copyright}
Licence: ${manifest.license}, in /${appFolder}/LICENSE and /usr/share/common-licenses/Apache-2.0.

Electron and Chromium, which it runs in, have licences of their own:
/${appFolder}/LICENSE.electron.txt and /${appFolder}/LICENSES.chromium.html.
Those of all that is bundled are in the app's archive, in dist/main/licenses.md and dist/renderer/licenses.md.
`;

/** Writes what dpkg reads: deb-control(5), deb-md5sums(5). */
async function describe(tree, files, { configuration, manifest, arch }) {
  const { linux, deb } = parse(configuration);
  const sizes = await Promise.all(files.map(async (path) => (await lstat(join(tree, path))).size));
  const control = {
    Package: name,
    Version: systemVersion(manifest.version),
    Architecture: arch,
    Maintainer: linux.maintainer,
    // In KiB, each file rounded up (Debian Policy, 5.6.20).
    'Installed-Size': sizes.reduce((sum, size) => sum + Math.ceil(size / 1024), 0),
    Depends: deb.depends.join(', '),
    Recommends: deb.recommends.join(', '),
    Section: deb.packageCategory,
    Priority: 'optional',
    Description: `${linux.synopsis}\n ${manifest.description}.`,
  };
  const lines = Object.entries(control).map(([key, value]) => `${key}: ${value}\n`);
  await putText(join(tree, 'DEBIAN/control'), lines.join(''));
  const sums = [];
  for (const path of files) {
    const isFile = (await lstat(join(tree, path))).isFile();
    if (isFile)
      sums.push(
        `${createHash('md5')
          .update(await readFile(join(tree, path)))
          .digest('hex')}  ${path}\n`,
      );
  }
  await putText(join(tree, 'DEBIAN/md5sums'), sums.join(''));
  await putCopy(join(tree, 'DEBIAN/prerm'), join(root, 'assets/linux/prerm'));
  await chmod(join(tree, 'DEBIAN/prerm'), 0o755);
}
