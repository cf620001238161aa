#!/usr/bin/env node
// npm start: the app, on the user's own ~/.aws.
import { join } from 'node:path';
import { root } from './setup/checkout.mjs';
import { show } from './setup/child-process.mjs';
import { refuseFallbackOnOwnFiles, takeAllowFallback } from './setup/own-files.mjs';
import { setUp } from './setup/set-up.mjs';
import { tellFailure } from './setup/setup-error.mjs';

try {
  const { isAllowed, args } = takeAllowFallback(process.argv.slice(2));
  const runtime = await setUp('start');
  refuseFallbackOnOwnFiles(runtime, { isAllowed, env: process.env });
  // The launcher is a POSIX shell script, so it is not used on Windows. The app starts in the user's folder, not in the checkout.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  process.exitCode =
    process.platform === 'win32' ? await show(runtime.executable, [root, ...args], { cwd }) : await show(join(root, 'bin', 'sts-tray'), args, { cwd });
} catch (error) {
  process.exitCode = tellFailure(error);
}
