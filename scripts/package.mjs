#!/usr/bin/env node
// npm run package: builds the app as a folder and an archive for this machine. With --release it builds
// all targets of electron-builder.yml for this operating system.
import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { readJson, root, runtimeFolder } from './setup/checkout.mjs';
import { setUp } from './setup/set-up.mjs';
import { SetupError, tellFailure } from './setup/setup-error.mjs';
import { findCommand } from './setup/system-packages.mjs';
import { debianArchitectures, makeDeb } from './package/deb.mjs';
import { makeRpm, rpmArchitectures } from './package/rpm.mjs';
import { billOfMaterials, checkSupplyChain } from './supply-chain/check.mjs';

async function packageApp(runtime, release) {
  if (runtime.kind === 'fallback' && release) {
    throw new SetupError(
      `A release needs the official Electron ${runtime.wanted}, and this checkout has the fallback ${runtime.version}: ` +
        'run `npm run setup -- --retry-runtime` where its download site can be reached.',
    );
  }
  if (release) await checkSupplyChain({ root, say: console.log });

  // A workflow makes an empty variable of a secret that is missing, and electron-builder would look for a certificate there.
  for (const name of ['CSC_LINK', 'CSC_KEY_PASSWORD']) if (process.env[name] === '') delete process.env[name];

  // Otherwise electron-builder would fetch a 7-Zip of its own.
  const sevenZip = findCommand('7za');
  if (sevenZip) process.env.ELECTRON_BUILDER_7ZIP_PATH ??= sevenZip;

  // The best compression takes minutes, and only those who download a release benefit from it.
  if (!release) process.env.ELECTRON_BUILDER_COMPRESSION_LEVEL ??= '1';

  let unpacked;
  const { Arch, build, Platform } = await import('electron-builder');
  const artifacts = await build({
    projectDir: root,
    publish: 'never',
    targets: Platform.current().createTarget(release ? undefined : quickTargets[process.platform], Arch[process.arch]),
    config: {
      extends: 'electron-builder.yml',
      ...(runtime.kind === 'fallback' && ofFallback(runtime)),
      afterPack: ({ appOutDir }) => {
        unpacked = appOutDir;
      },
    },
  });

  const deb = await writeDeb({ unpacked, runtime, release });
  if (deb) artifacts.push(deb);
  if (release && process.platform === 'linux') artifacts.push(await writeRpm(unpacked));
  if (release) artifacts.push(await writeBillOfMaterials());
  const packaged = { runtime: runtime.kind, unpacked, artifacts };
  await writeFile(join(runtimeFolder, 'packaged.json'), `${JSON.stringify(packaged, null, 2)}\n`);
  for (const path of [unpacked, ...artifacts]) console.log(path);
  if (runtime.kind === 'fallback') {
    console.log(`Made with the fallback runtime ${runtime.version}, for testing only: do not give it to anybody.`);
  }
}

/** Named like the archives, and beside them; null on a system without Debian's tools. */
async function writeDeb({ unpacked, runtime, release }) {
  if (process.platform !== 'linux') return null;
  if (!findCommand('dpkg-deb')) {
    if (release) throw new SetupError('A release has a Debian package too, and there is no dpkg-deb: install dpkg, or make the release on Debian or Ubuntu.');
    console.log('There is no Debian package: install dpkg for its dpkg-deb to get one.');
    return null;
  }
  const manifest = readJson(join(root, 'package.json'));
  const arch = debianArchitectures[process.arch];
  const origin = runtime.kind === 'fallback' ? '-unofficial-runtime' : '';
  const file = join(dirname(unpacked), `${manifest.name}-${manifest.version}-linux-${arch}${origin}.deb`);
  // As above: a fresh package is tried at once, and nobody downloads it.
  await makeDeb({ unpacked, file, manifest, arch, compression: release ? 'xz' : 'none' });
  return file;
}

/** Named like the archives, and beside them. */
async function writeRpm(unpacked) {
  if (!findCommand('rpmbuild'))
    throw new SetupError('A release has an rpm package too, and there is no rpmbuild: install rpm, or rpm-build, with your package manager.');
  const manifest = readJson(join(root, 'package.json'));
  const arch = rpmArchitectures[process.arch];
  const file = join(dirname(unpacked), `${manifest.name}-${manifest.version}-linux-${arch}.rpm`);
  await makeRpm({ unpacked, file, manifest, arch });
  return file;
}

/** Beside the archives, which it belongs to. */
async function writeBillOfMaterials() {
  const { version } = readJson(join(root, 'package.json'));
  const file = join(root, 'release', `sts-tray-${version}.cdx.json`);
  await writeFile(file, await billOfMaterials({ root }));
  return file;
}

const quickTargets = { linux: ['dir', 'tar.gz'], darwin: ['dir'], win32: ['dir'] };

/** The names of the folder and the archives say which runtime they were made with. */
const ofFallback = ({ dist, version }) => ({
  electronDist: dist,
  electronVersion: version,
  directories: { output: 'release/unofficial-runtime' },
  // The panel tells it: src-main/platform/programs/runtime-origin.ts.
  extraMetadata: { runtime: 'fallback' },
  artifactName: '${name}-${version}-${os}-${arch}-unofficial-runtime.${ext}',
  afterExtract: async ({ appOutDir }) => {
    // The shim and the version file are only for a checkout.
    await rm(join(appOutDir, 'resources', 'app'), { recursive: true });
    await rm(join(appOutDir, 'version'));
  },
});

try {
  const { values } = parseArgs({ options: { release: { type: 'boolean', default: false } } });
  await packageApp(await setUp('package'), values.release);
} catch (error) {
  process.exitCode = tellFailure(error, 'node scripts/package.mjs [--release]');
}
