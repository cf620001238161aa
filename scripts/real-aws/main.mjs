#!/usr/bin/env node
// npm run test:real-aws: what rests most on AWS itself, in an account of yours. docs/real-aws.md says how to give it one.
import { showTool } from '../setup/child-process.mjs';
import { environmentFor } from '../setup/electron-runtime.mjs';
import { setUp } from '../setup/set-up.mjs';
import { tellFailure } from '../setup/setup-error.mjs';

try {
  const runtime = await setUp('test');
  process.exitCode = await showTool('playwright', ['test', '-c', 'e2e/real-aws/playwright.config.ts', ...process.argv.slice(2)], {
    env: environmentFor(runtime),
  });
} catch (error) {
  process.exitCode = tellFailure(error);
}
