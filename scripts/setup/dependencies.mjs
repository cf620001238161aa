import { join } from 'node:path';
import { readJson } from './checkout.mjs';
import { npm } from './child-process.mjs';
import { SetupError } from './setup-error.mjs';

/** Runs `npm ci` unless node_modules holds exactly what package-lock.json names. No package runs a script: docs/supply-chain.md. */
export async function installDependencies({ root, say }) {
  const locked = readJson(join(root, 'package-lock.json'));
  if (!locked) {
    throw new SetupError('package-lock.json is missing or broken: restore it with `git checkout package-lock.json`.');
  }
  // npm's own record of what it put into node_modules.
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'));
  if (installed && sameDependencies(locked, installed)) return;

  say('Installing the dependencies (npm ci) …');
  const { code, stdout, stderr } = await npm(['ci', '--ignore-scripts', '--loglevel=error'], { cwd: root });
  if (code !== 0) {
    // After the error npm prints its whole usage, which is cut off here.
    say(stdout + stderr.split('npm error Clean install a project')[0]);
    throw new SetupError('npm ci failed, as npm says above: put that right and run the command again.');
  }
}

/** Whether every locked package is installed in its locked version, and no other package is. */
export function sameDependencies(locked, installed) {
  const { '': _project, ...wanted } = locked.packages;
  for (const [path, { version, optional, devOptional }] of Object.entries(wanted)) {
    const found = installed.packages[path];
    // Optional packages for other platforms are not installed.
    if (!found && (optional || devOptional)) continue;
    if (found?.version !== version) return false;
  }
  return Object.keys(installed.packages).every((path) => path in wanted);
}
