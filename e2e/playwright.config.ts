import { fileURLToPath } from 'node:url';
import { defineConfig } from 'playwright/test';

const results = fileURLToPath(new URL('../test-results', import.meta.url));

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  // Those need an ordinary user and whole desktops, and an account of AWS: `npm run test:desktops`, `npm run test:real-aws`.
  testIgnore: ['desktops/**', 'real-aws/**'],
  outputDir: `${results}/e2e`,
  // Files run side by side, since each has a desktop of its own, with its keyboard and clipboard; the tests
  // of a file run one after another. In CI one file runs at a time: nothing there should fail because two were
  // busy at once.
  workers: process.env['CI'] === 'true' ? 1 : 3,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  // A test that passes at its second try only is named in the end, and more than two of them fail the run.
  retries: process.env['CI'] === 'true' ? 1 : 0,
  // `terraform init`, `apply` and `destroy` take minutes on a small machine.
  timeout: 5 * 60_000,
  // The whole suite, one file at a time, beside the unit tests: some 50 minutes on two cores.
  globalTimeout: 75 * 60_000,
  expect: { timeout: 15_000 },
  use: {
    actionTimeout: 15_000,
    // Traces and videos contain MFA codes and credentials, and so do pictures that no test asked for.
    trace: 'off',
    video: 'off',
    screenshot: 'off',
  },
  reporter: [['list'], ['json', { outputFile: `${results}/playwright.json` }]],
});
