#!/usr/bin/env node
// npm run gallery: a page with every window in every state, for work on the UI. Ctrl-C ends it.
import { setUp } from './setup/set-up.mjs';
import { tellFailure } from './setup/setup-error.mjs';

try {
  await setUp('build');
  const { startGallery } = await import('./gallery-server.mjs');
  const server = await startGallery();
  process.stdout.write(`The gallery is at ${server.resolvedUrls.local[0]}\n`);
} catch (error) {
  process.exitCode = tellFailure(error);
}
