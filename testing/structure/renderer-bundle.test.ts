import { gzipSync } from 'node:zlib';
import { expect, it, vi } from 'vitest';
import { builtChunks } from './built-chunks.ts';

/** What the windows load before they show anything, compressed, in bytes. Raise it only for a benefit to users. */
const budget = 252_000;

it('the windows load no schema library, and stay within their budget', async () => {
  // With the value that Vitest sets, the bundle would contain React's checks for developers.
  vi.stubEnv('NODE_ENV', 'production');
  const chunks = await builtChunks('renderer');
  const modules = chunks.flatMap((chunk) => chunk.modules);
  // Proves that names of modules can be seen, before the test says that one is missing.
  expect(modules.filter((name) => name.includes('/node_modules/react-dom/'))).not.toEqual([]);
  expect(modules.filter((name) => name.includes('/node_modules/zod/'))).toEqual([]);
  const size = chunks.reduce((sum, { code }) => sum + gzipSync(code).length, 0);
  expect(size).toBeLessThan(budget);
}, 60_000);
