import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src-main,src-renderer,testing,bench}/**/*.test.{ts,tsx}', 'scripts/**/*.test.mjs'],
    environment: 'node',
    pool: 'forks',
    // Loading the modules anew for each file took half of the processor time.
    isolate: false,
    setupFiles: ['testing/processes/put-back.ts'],
    // One more than by default on two cores: most of the tests wait for files, processes and servers.
    maxWorkers: 2,
    // Programs start slowly beside the specs, and a hang is told all the same.
    testTimeout: 45_000,
    hookTimeout: 30_000,
  },
});
