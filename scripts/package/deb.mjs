import { createHash } from 'node:crypto';
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { capture } from '../setup/child-process.mjs';
import { root } from '../setup/checkout.mjs';
import { SetupError } from '../setup/setup-error.mjs';
import { desktopEntry } from './desktop-entry.mjs';

const name = 'sts-tray';
/** Where the app is, from the top of the file system. */
const appFolder = `usr/lib/${name}`;

/** Debian's names of the processors that Electron is built for, by Node's. */
export const debianArchitectures = { x64: 'amd64', arm64: 'arm64' };

/** A version as Debian orders it: what is before a release sorts before it (Debian Policy, 5.6.12). */
export const debianVersion = (version) => version.replaceAll('-', '~');

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
    await cp(unpacked, join(tree, appFolder), { recursive: true, verbatimSymlinks: true });
    await layOut(tree, { configuration, manifest });
    const files = await inOrder(tree);
    // Chromium's second sandbox, for systems that let nobody make a user namespace, works only with the rights of root.
    await chmod(join(tree, appFolder, 'chrome-sandbox'), 0o4755);
    await describe(tree, files, { configuration, manifest, arch });
    const made = await capture('dpkg-deb', ['--root-owner-group', `-Z${compression}`, '--build', tree, file]);
    if (made.code !== 0) throw new SetupError(`dpkg-deb made no package (${made.stderr.trim().split('\n')[0]}): put that right and run the command again.`);
  } finally {
    await rm(tree, { recursive: true });
  }
}

/** Puts everything beside the app's own folder where Debian has it. */
async function layOut(tree, { configuration, manifest }) {
  const share = (path) => join(tree, 'usr/share', path);
  const icons = (size) => share(`icons/hicolor/${size}/apps`);
  const { appId, linux } = parse(configuration);
  const assets = join(root, 'assets');
  const completions = join(root, 'bin', 'completions');

  await putLink(join(tree, 'usr/bin', name), join(tree, appFolder, 'resources/bin', name));
  await putText(share(`applications/${manifest.desktopName}`), desktopEntry({ configuration, manifest }));
  await putCopy(share(`metainfo/${appId}.metainfo.xml`), join(assets, 'linux', `${appId}.metainfo.xml`));
  for (const icon of await readdir(join(root, linux.icon))) {
    await putCopy(join(icons(icon.replace('.png', '')), `${name}.png`), join(root, linux.icon, icon));
  }
  await putCopy(join(icons('scalable'), `${name}.svg`), join(assets, 'icon.svg'));
  await putCompressed(share(`man/man1/${name}.1.gz`), join(assets, 'linux', `${name}.1`));
  await putCopy(share(`bash-completion/completions/${name}`), join(completions, `${name}.bash`));
  await putCopy(share(`zsh/vendor-completions/_${name}`), join(completions, `_${name}`));
  await putCopy(share(`fish/vendor_completions.d/${name}.fish`), join(completions, `${name}.fish`));
  await putCompressed(share(`doc/${name}/changelog.gz`), join(root, 'CHANGELOG.md'));
  await putText(share(`doc/${name}/copyright`), copyright({ configuration, manifest }));
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
    Version: debianVersion(manifest.version),
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

/** Gives every file the rights that it has for everybody, whoever built it, and lists the files. */
async function inOrder(tree) {
  await chmod(tree, 0o755);
  const files = [];
  for (const entry of await readdir(tree, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    else files.push(relative(tree, path));
    if (entry.isFile()) await chmod(path, ((await lstat(path)).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
  return files.toSorted();
}

async function putText(path, text) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

async function putCopy(path, source) {
  await putText(path, await readFile(source));
}

async function putCompressed(path, source) {
  await putText(path, gzipSync(await readFile(source), { level: 9 }));
}

async function putLink(path, target) {
  await mkdir(dirname(path), { recursive: true });
  await symlink(relative(dirname(path), target), path);
}
