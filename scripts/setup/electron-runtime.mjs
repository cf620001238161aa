import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, readJson, root, runtimeFolder } from './checkout.mjs';
import * as fallback from './fallback-runtime.mjs';
import * as official from './official-runtime.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * The Electron runtime that set-up chose, as `.runtime/electron.json` keeps it.
 * @typedef {object} ElectronRuntime
 * @property {'official' | 'fallback'} kind
 * @property {string} version    of the runtime itself
 * @property {string} wanted     the version of the `electron` package
 * @property {string} dist       the folder, as ELECTRON_OVERRIDE_DIST_PATH wants it
 * @property {string} executable the full path
 * @property {string | null} reason why it is the fallback
 */

/** @returns {ElectronRuntime | null} what the last set-up chose */
export const readElectronRuntime = () => readJson(join(runtimeFolder, 'electron.json'));

/** The environment in which the `electron` package and electron-vite use the chosen runtime. */
export const environmentFor = (runtime) => ({
  ...process.env,
  ELECTRON_OVERRIDE_DIST_PATH: runtime.dist,
  ELECTRON_EXEC_PATH: runtime.executable,
});

/**
 * Provides the official binary if it is available, else the pinned fallback, and says which one is used.
 * @returns {Promise<ElectronRuntime>}
 */
export async function provideElectronRuntime({ retry, say }) {
  const wanted = readJson(join(root, 'node_modules', 'electron', 'package.json')).version;
  const last = readElectronRuntime();
  const runtime = stillGood(last, { wanted, retry }) ? last : await chooseRuntime({ wanted, say });
  if (runtime !== last) {
    await mkdir(runtimeFolder, { recursive: true });
    await writeFile(join(runtimeFolder, 'electron.json'), `${JSON.stringify(runtime, null, 2)}\n`);
    // The path alone, for bin/sts-tray: a shell script cannot easily read JSON.
    await writeFile(join(runtimeFolder, 'electron-path.txt'), `${runtime.executable}\n`);
  }
  say(describeRuntime(runtime));
  return runtime;
}

/** Whether the runtime chosen last can be used again without a new attempt at the official one. */
export function stillGood(runtime, { wanted, retry }) {
  if (!runtime || runtime.wanted !== wanted || !existsSync(runtime.executable)) return false;
  if (runtime.kind === 'official') return official.installedVersion() === wanted;
  return !retry && runtime.dist === fallback.distFolder(cacheFolder);
}

async function chooseRuntime({ wanted, say }) {
  const refusal = await official.install({ wanted, say });
  if (!refusal) {
    return {
      kind: 'official',
      version: wanted,
      wanted,
      dist: official.distFolder,
      executable: official.executable(),
      reason: null,
    };
  }
  const platform = `${process.platform}-${process.arch}`;
  if (!fallback.platforms.includes(platform)) {
    throw new SetupError(
      `Electron ${wanted} could not be installed (${refusal}) and there is no fallback for ${platform}: ` +
        'connect to the internet, or set ELECTRON_MIRROR, and run `node scripts/setup.mjs` again.',
    );
  }
  const dist = await fallback.prepare({ cache: cacheFolder, say });
  return {
    kind: 'fallback',
    version: fallback.electronVersion,
    wanted,
    dist,
    executable: join(dist, 'electron'),
    reason: refusal,
  };
}

export const describeRuntime = ({ kind, version, wanted, reason }) =>
  kind === 'official'
    ? `Electron runtime: official ${version}.`
    : `Electron runtime: fallback ${version}, for running and testing only; the official ${wanted} could not be installed (${reason}). ` +
      'Try again with `npm run setup -- --retry-runtime`.';
