#!/usr/bin/env node
// npm start: the app, on the user's own ~/.aws.
import { join } from 'node:path';
import { root } from './setup/checkout.mjs';
import { show } from './setup/child-process.mjs';
import { setUp } from './setup/set-up.mjs';
import { tellFailure } from './setup/setup-error.mjs';

try {
  const runtime = await setUp('start');
  const args = process.argv.slice(2);
  // The launcher is a POSIX shell script. The app starts where the user is, not where the checkout is.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  process.exitCode =
    process.platform === 'win32' ? await show(runtime.executable, [root, ...args], { cwd }) : await show(join(root, 'bin', 'sts-tray'), args, { cwd });
} catch (error) {
  process.exitCode = tellFailure(error);
}
