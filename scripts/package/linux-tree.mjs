import { chmod, cp, lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { root } from '../setup/checkout.mjs';
import { desktopEntry } from './desktop-entry.mjs';

export const name = 'sts-tray';
/** Where the app is, from the top of the file system. */
export const appFolder = `usr/lib/${name}`;

/** A version as dpkg and rpm order it: what is before a release sorts before it (Debian Policy, 5.6.12; rpm's "tilde"). */
export const systemVersion = (version) => version.replaceAll('-', '~');

/**
 * Lays the files of a Linux package out below `tree`, with the rights that they have for everybody, whoever built it:
 * the folder that electron-builder made, and beside it what the system looks for elsewhere. `zsh` is the folder of that
 * one's completions, and `more` has the texts of files that one kind of package alone has, both by their paths from the top.
 * @param {{ tree: string, unpacked: string, configuration: string, manifest: { productName: string, description: string, desktopName: string }, zsh: string, more?: Readonly<Record<string, string>> }} what
 * @returns {Promise<string[]>} every file, from the top
 */
export async function layOutTree({ tree, unpacked, configuration, manifest, zsh, more = {} }) {
  await cp(unpacked, join(tree, appFolder), { recursive: true, verbatimSymlinks: true });
  await layOut(tree, { configuration, manifest, zsh });
  for (const [path, text] of Object.entries(more)) await putText(join(tree, path), text);
  const files = await inOrder(tree);
  // Chromium's second sandbox, for systems that let nobody make a user namespace, works only with the rights of root.
  await chmod(join(tree, appFolder, 'chrome-sandbox'), 0o4755);
  return files;
}

/** Puts everything beside the app's own folder where systems have it. */
async function layOut(tree, { configuration, manifest, zsh }) {
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
  await putCopy(join(tree, zsh, `_${name}`), join(completions, `_${name}`));
  await putCopy(share(`fish/vendor_completions.d/${name}.fish`), join(completions, `${name}.fish`));
  await putCompressed(share(`doc/${name}/changelog.gz`), join(root, 'CHANGELOG.md'));
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

export async function putText(path, text) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

export async function putCopy(path, source) {
  await putText(path, await readFile(source));
}

async function putCompressed(path, source) {
  await putText(path, gzipSync(await readFile(source), { level: 9 }));
}

async function putLink(path, target) {
  await mkdir(dirname(path), { recursive: true });
  await symlink(relative(dirname(path), target), path);
}
