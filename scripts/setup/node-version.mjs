import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, root } from './checkout.mjs';
import { SetupError } from './setup-error.mjs';

/** The oldest Node that runs the scripts and the tests: `engines` in package.json, which says so to npm as well. */
export const oldestNode = () => readJson(join(root, 'package.json')).engines.node.replace('>=', '');

/** The Node that CI runs, which .nvmrc names for version managers. */
export const usualNode = () => readFileSync(join(root, '.nvmrc'), 'utf8').trim();

/**
 * @param {string} version of Node, as `process.versions.node` has it
 * @throws {SetupError} for one that is too old
 */
export function refuseOldNode(version) {
  const oldest = oldestNode();
  if (version.localeCompare(oldest, 'en', { numeric: true }) >= 0) return;
  throw new SetupError(
    `Node ${oldest} or newer is needed, and this is ${version}: install Node ${usualNode()}, from nodejs.org or with a version manager, and run the command again.`,
  );
}
