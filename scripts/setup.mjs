#!/usr/bin/env node
// Does all set-up of a checkout, and needs only Node for it. Quick when nothing is missing.
import { parseArgs } from 'node:util';
import { purposes, setUp, setUpSystemPackages } from './setup/set-up.mjs';
import { tellFailure } from './setup/setup-error.mjs';

const usage = `node scripts/setup.mjs [--for ${purposes.join('|')}] [--rebuild] [--retry-runtime] [--system-packages]`;

try {
  const { values } = parseArgs({
    options: {
      for: { type: 'string', default: 'start' },
      rebuild: { type: 'boolean', default: false },
      'retry-runtime': { type: 'boolean', default: false },
      // For sudo: installs what set-up only names where it is not root, and writes nothing into the checkout, which stays with its user.
      'system-packages': { type: 'boolean', default: false },
    },
  });
  if (values['system-packages']) await setUpSystemPackages(values.for);
  else await setUp(values.for, { rebuild: values.rebuild, retryRuntime: values['retry-runtime'] });
} catch (error) {
  process.exitCode = tellFailure(error, usage);
}
