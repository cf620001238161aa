#!/usr/bin/env node
// npm run dev: the app with reloading, by electron-vite.
import { showTool } from './setup/child-process.mjs';
import { environmentFor } from './setup/electron-runtime.mjs';
import { refuseFallbackOnOwnFiles, takeAllowFallback } from './setup/own-files.mjs';
import { setUp } from './setup/set-up.mjs';
import { tellFailure } from './setup/setup-error.mjs';

try {
  const { isAllowed, args } = takeAllowFallback(process.argv.slice(2));
  const runtime = await setUp('start');
  refuseFallbackOnOwnFiles(runtime, { isAllowed, env: process.env });
  const env = environmentFor(runtime);
  // Chromium refuses to start its sandbox as root.
  if (process.getuid?.() === 0) env.NO_SANDBOX = '1';
  process.exitCode = await showTool('electron-vite', ['dev', ...args], { env });
} catch (error) {
  process.exitCode = tellFailure(error);
}
