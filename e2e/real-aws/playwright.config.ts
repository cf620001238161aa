import { fileURLToPath } from 'node:url';
import { defineConfig } from 'playwright/test';
import usual from '../playwright.config.ts';

const results = fileURLToPath(new URL('../../test-results', import.meta.url));

export default defineConfig({
  ...usual,
  testDir: '.',
  testIgnore: [],
  outputDir: `${results}/real-aws`,
  workers: 1,
  globalTimeout: 20 * 60_000,
  reporter: [['list']],
});
