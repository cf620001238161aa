import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { capture } from '../setup/child-process.mjs';
import { root } from '../setup/checkout.mjs';
import { SetupError } from '../setup/setup-error.mjs';
import { appFolder, layOutTree, name, systemVersion } from './linux-tree.mjs';

/** rpm's names of the processors that Electron is built for, by Node's. */
export const rpmArchitectures = { x64: 'x86_64', arm64: 'aarch64' };

/**
 * Makes a package for Fedora, openSUSE and their like of the folder that electron-builder made, with `rpmbuild`. As with
 * the Debian package nothing runs while it is installed.
 * @param {{ unpacked: string, file: string, manifest: { version: string, productName: string, description: string, desktopName: string, license: string },
 *   arch: string }} what `arch` is rpm's name
 * @throws {SetupError}
 */
export async function makeRpm({ unpacked, file, manifest, arch }) {
  const configuration = await readFile(join(root, 'electron-builder.yml'), 'utf8');
  await mkdir(dirname(file), { recursive: true });
  // Beside the result, so that it only has to be renamed.
  const work = await mkdtemp(join(dirname(file), '.rpm-'));
  try {
    const tree = join(work, 'tree');
    const files = await layOutTree({ tree, unpacked, configuration, manifest, zsh: 'usr/share/zsh/site-functions' });
    const whenRemoved = await readFile(join(root, 'assets/linux/prerm'), 'utf8');
    await writeFile(join(work, `${name}.spec`), rpmSpec({ configuration, manifest, files, whenRemoved }));
    const defined = { _topdir: work, _rpmdir: work, _rpmfilename: 'made.rpm', tree };
    const defines = Object.entries(defined).flatMap(([macro, value]) => ['--define', `${macro} ${value.replaceAll('%', '%%')}`]);
    const made = await capture('rpmbuild', ['-bb', '--quiet', '--target', `${arch}-linux`, ...defines, join(work, `${name}.spec`)]);
    if (made.code !== 0) {
      throw new SetupError(`rpmbuild made no package (${lastLine(made.stderr)}): put that right and run the command again.`);
    }
    await rename(join(work, 'made.rpm'), file);
  } finally {
    await rm(work, { recursive: true });
  }
}

const lastLine = (text) => text.trim().split('\n').at(-1).trim();

/**
 * What rpmbuild reads: https://rpm-software-management.github.io/rpm/manual/spec.html
 * The files are taken as they are: no program of the app is stripped or looked through for what it needs, which is listed.
 * @param {{ configuration: string, manifest: { version: string, description: string, license: string }, files: readonly string[], whenRemoved: string }} sources
 *   the text of electron-builder.yml, package.json, the paths of all files from the top, and the script of assets/linux/prerm
 */
export function rpmSpec({ configuration, manifest, files, whenRemoved }) {
  const { linux, rpm, deb } = parse(configuration);
  const beside = files.filter((path) => !path.startsWith(`${appFolder}/`));
  const lines = [
    '%global debug_package %{nil}',
    '%global __os_install_post %{nil}',
    '%global _build_id_links none',
    '%global _binary_payload w6.xzdio',
    `Name: ${name}`,
    `Version: ${systemVersion(manifest.version)}`,
    'Release: 1',
    `Summary: ${linux.synopsis}`,
    `License: ${manifest.license}`,
    `Packager: ${linux.maintainer}`,
    'AutoReqProv: no',
    ...rpm.depends.map((needed) => `Requires: ${needed}`),
    ...deb.recommends.map((useful) => `Recommends: ${useful}`),
    '',
    '%description',
    `${manifest.description}.`,
    '',
    '%install',
    'mkdir -p "%{buildroot}"',
    'cp -a "%{tree}/." "%{buildroot}/"',
    '',
    '%preun',
    whenRemoved.trimEnd(),
    '',
    '%files',
    '%defattr(-, root, root, -)',
    // The folder with all that is in it.
    `"/${appFolder}"`,
    ...beside.map((path) => `"/${path}"`),
    '',
  ];
  return lines.join('\n');
}
