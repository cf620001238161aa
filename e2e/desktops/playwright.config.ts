import { fileURLToPath } from 'node:url';
import { defineConfig } from 'playwright/test';
import usual from '../playwright.config.ts';

const results = fileURLToPath(new URL('../../test-results', import.meta.url));

/** One desktop after the other: each draws its screen in software. */
export default defineConfig({
  ...usual,
  testDir: '.',
  testIgnore: [],
  outputDir: `${results}/desktops-e2e`,
  workers: 1,
  timeout: 120_000,
  globalTimeout: 15 * 60_000,
  reporter: [['list']],
});
