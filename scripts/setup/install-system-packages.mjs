#!/usr/bin/env node
// sudo node scripts/setup/install-system-packages.mjs test: installs what set-up would only name where it is not root. Of
// the checkout it writes nothing, so that everything else stays with its user.
import { provideSystemPackages } from './system-packages.mjs';
import { purposes } from './set-up.mjs';
import { SetupError, tellFailure } from './setup-error.mjs';

const usage = `sudo node scripts/setup/install-system-packages.mjs ${purposes.filter((each) => each !== 'build').join('|')}`;

try {
  const purpose = process.argv[2];
  if (!purposes.includes(purpose) || purpose === 'build') throw new SetupError(`There are no system packages for "${purpose ?? ''}": say ${usage}.`);
  await provideSystemPackages({ purpose, executable: process.execPath, say: console.log });
} catch (error) {
  process.exitCode = tellFailure(error, usage);
}
