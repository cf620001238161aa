import { homedir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { SetupError } from './setup-error.mjs';

/**
 * Keeps a runtime that is old, and not from Electron's makers, away from the user's own access keys.
 * @param {import('./electron-runtime.mjs').ElectronRuntime} runtime
 * @param {{ isAllowed: boolean, env: NodeJS.ProcessEnv, home?: string }} choice
 * @throws {SetupError}
 */
export function refuseFallbackOnOwnFiles(runtime, { isAllowed, env, home = homedir() }) {
  if (runtime.kind !== 'fallback' || isAllowed || !usesOwnFiles(env, home)) return;
  throw new SetupError(
    `This would read your own AWS files in Electron ${runtime.version}, the fallback runtime, which is old and not from Electron's makers: ` +
      'run `npm run setup -- --retry-runtime` where the official one can be reached, try the app without your keys by `npm run demo`, ' +
      'or add `-- --allow-fallback` to the command.',
  );
}

/** Whether the app would find at least one of the AWS files in the user's own folder. */
function usesOwnFiles(env, home) {
  const own = join(home, '.aws');
  const files = [env.AWS_CONFIG_FILE, env.AWS_SHARED_CREDENTIALS_FILE];
  return files.some((file) => !file || `${resolve(file.replace(/^~(?=[/\\])/, home))}${sep}`.startsWith(`${own}${sep}`));
}

/** Takes the word that allows it out of what the app is started with. */
export function takeAllowFallback(args) {
  const rest = args.filter((word) => word !== '--allow-fallback');
  return { isAllowed: rest.length < args.length, args: rest };
}
