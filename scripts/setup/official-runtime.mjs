import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './checkout.mjs';
import { capture } from './child-process.mjs';

const electronPackage = join(root, 'node_modules', 'electron');
const timeLimitMinutes = 10;

export const distFolder = join(electronPackage, 'dist');

export const executable = () => join(distFolder, readFileSync(join(electronPackage, 'path.txt'), 'utf8'));

/** The version of the binary in the `electron` package, or null where there is none. */
export function installedVersion() {
  const file = join(distFolder, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : null;
}

/**
 * Runs `install-electron`, which fetches the binary and verifies it against the checksums in the
 * `electron` package.
 * @returns {Promise<string | null>} why it could not be installed, or null
 */
export async function install({ wanted, say }) {
  say(`Fetching Electron ${wanted} (install-electron) …`);
  const { ELECTRON_OVERRIDE_DIST_PATH: _ignored, ...env } = process.env;
  const outcome = await capture(process.execPath, [join(electronPackage, 'install.js')], {
    env,
    timeout: timeLimitMinutes * 60_000,
  });
  if (outcome.code === 0 && installedVersion() === wanted) return null;
  return whyItFailed(outcome);
}

/** The message of the first error in the output, as one clause. */
export function whyItFailed({ timedOut, stderr }) {
  if (timedOut) return `it took longer than ${timeLimitMinutes} minutes`;
  const message = /^\w*Error(?: \[\w+\])?: (.+)$/m.exec(stderr)?.[1] ?? stderr.trim().split('\n')[0];
  if (!message) return 'install-electron failed without a word';
  return message === 'fetch failed' ? 'its download site could not be reached' : message.replace(/\.$/, '');
}
