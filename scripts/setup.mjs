#!/usr/bin/env node
// Does all set-up of a checkout, and needs only Node for it. Quick when nothing is missing.
import { parseArgs } from 'node:util';
import { purposes, setUp } from './setup/set-up.mjs';
import { tellFailure } from './setup/setup-error.mjs';

const usage = `node scripts/setup.mjs [--for ${purposes.join('|')}] [--rebuild] [--retry-runtime]`;

try {
  const { values } = parseArgs({
    options: {
      for: { type: 'string', default: 'start' },
      rebuild: { type: 'boolean', default: false },
      'retry-runtime': { type: 'boolean', default: false },
    },
  });
  await setUp(values.for, { rebuild: values.rebuild, retryRuntime: values['retry-runtime'] });
} catch (error) {
  process.exitCode = tellFailure(error, usage);
}
