import { defineConfig } from 'vitest/config';

/** Tests of pure rules: they share nothing that they would have to be kept apart for, so modules are loaded once for all of them. */
const pure = [
  'src-main/{core,contract}/**/*.test.ts',
  'src-main/cli/{grammar,texts}/**/*.test.ts',
  'src-renderer/**/*.test.{ts,tsx}',
  'bench/**/*.test.ts',
  'scripts/setup/**/*.test.mjs',
];

export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    // One more than by default on two cores: most of the tests wait for files, processes and servers.
    maxWorkers: 2,
    // Programs start slowly beside the specs, and a hang is told all the same.
    testTimeout: 45_000,
    hookTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false, unstubEnvs: true, unstubGlobals: true, restoreMocks: true } },
      {
        extends: true,
        test: {
          name: 'real',
          include: ['src-main/**/*.test.ts', 'testing/**/*.test.ts', 'scripts/**/*.test.mjs'],
          exclude: [...pure, 'node_modules/**'],
        },
      },
    ],
  },
});
