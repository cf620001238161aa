#!/usr/bin/env node
// npm run film: records the animated pictures of both READMEs anew.
import { showTypeScript } from './setup/child-process.mjs';
import { environmentFor } from './setup/electron-runtime.mjs';
import { nodeForSdk } from './setup/node-for-sdk.mjs';
import { setUp } from './setup/set-up.mjs';
import { tellFailure } from './setup/setup-error.mjs';

try {
  const runtime = await setUp('demo');
  process.exitCode = await showTypeScript(nodeForSdk().executable, ['demo/film/main.ts'], { env: environmentFor(runtime) });
} catch (error) {
  process.exitCode = tellFailure(error);
}
