#!/usr/bin/env node
// npm run demo: the whole job on an embedded local AWS.
import { demoOptions } from './demo/demo-options.mjs';
import { showTypeScript } from './setup/child-process.mjs';
import { environmentFor } from './setup/electron-runtime.mjs';
import { nodeForSdk } from './setup/node-for-sdk.mjs';
import { setUp } from './setup/set-up.mjs';
import { tellFailure } from './setup/setup-error.mjs';

try {
  const { purpose, args } = demoOptions(process.argv.slice(2));
  const runtime = await setUp(purpose);
  process.exitCode = await showTypeScript(nodeForSdk().executable, ['demo/main.ts', ...args], { env: environmentFor(runtime) });
} catch (error) {
  process.exitCode = tellFailure(error);
}
