import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { loadConfigFromFile } from 'electron-vite';
import { build } from 'vite';
import { expect, it, vi } from 'vitest';
import { checkout } from '../app/running-app.ts';

/** What the windows load before they show anything, compressed, in bytes. Raise it only for a benefit to users. */
const budget = 228_000;

it('the windows load no schema library, and stay within their budget', async () => {
  // With the value that Vitest sets, the bundle would contain React's checks for developers.
  vi.stubEnv('NODE_ENV', 'production');
  const { config } = await loadConfigFromFile({ command: 'build', mode: 'production' }, join(checkout, 'electron.vite.config.ts'));
  const { renderer } = config;
  const built = await build({ ...renderer, configFile: false, logLevel: 'silent', build: { ...renderer?.build, write: false } });
  const output = [built].flat().flatMap((each) => ('output' in each ? each.output : []));
  const chunks = output.flatMap((part) => (part.type === 'chunk' ? [part] : []));
  const modules = chunks.flatMap((chunk) => Object.keys(chunk.modules));
  // Proves that names of modules can be seen, before the test says that one is missing.
  expect(modules.filter((name) => name.includes('/node_modules/react-dom/'))).not.toEqual([]);
  expect(modules.filter((name) => name.includes('/node_modules/zod/'))).toEqual([]);
  const size = chunks.reduce((sum, { code }) => sum + gzipSync(code).length, 0);
  expect(size).toBeLessThan(budget);
}, 60_000);
