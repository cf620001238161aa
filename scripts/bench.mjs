#!/usr/bin/env node
// npm run bench: measures each budget beside its reference.
import { showTool } from './setup/child-process.mjs';
import { environmentFor } from './setup/electron-runtime.mjs';
import { setUp } from './setup/set-up.mjs';
import { tellFailure } from './setup/setup-error.mjs';

try {
  const runtime = await setUp('bench');
  process.exitCode = await showTool('tsx', ['bench/main.ts', ...process.argv.slice(2)], { env: environmentFor(runtime) });
} catch (error) {
  process.exitCode = tellFailure(error);
}
