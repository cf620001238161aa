import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { installDependencies, sameDependencies } from './dependencies.mjs';

const locked = {
  packages: {
    '': { name: 'sts-tray' },
    'node_modules/zod': { version: '4.6.7' },
    'node_modules/for-macos': { version: '1.0.0', optional: true },
  },
};
const installed = (packages) => ({ packages });

describe('The installed dependencies', () => {
  test('the installed dependencies match when only optional packages of other platforms are missing', () => {
    expect(sameDependencies(locked, installed({ 'node_modules/zod': { version: '4.6.7' } }))).toBe(true);
  });

  test('the installed dependencies do not match in another version', () => {
    expect(sameDependencies(locked, installed({ 'node_modules/zod': { version: '4.6.6' } }))).toBe(false);
  });

  test('the installed dependencies do not match when a package is missing', () => {
    expect(sameDependencies(locked, installed({}))).toBe(false);
  });

  test('the installed dependencies do not match when one is left over that the lock file dropped', () => {
    const left = { 'node_modules/zod': { version: '4.6.7' }, 'node_modules/old': { version: '1.0.0' } };
    expect(sameDependencies(locked, installed(left))).toBe(false);
  });

  test('the installed dependencies do not match when an optional package is there in another version', () => {
    const other = { 'node_modules/zod': { version: '4.6.7' }, 'node_modules/for-macos': { version: '0.9.0' } };
    expect(sameDependencies(locked, installed(other))).toBe(false);
  });
});

test('no script runs while the dependencies are installed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dependencies-'));
  // npm hands the settings of this checkout down to what it runs.
  vi.stubEnv('npm_config_ignore_scripts', undefined);
  try {
    const script = "node -e \"require('node:fs').writeFileSync('ran', '')\"";
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'trial', version: '1.0.0', scripts: { postinstall: script } }));
    const packages = { '': { name: 'trial', version: '1.0.0', hasInstallScript: true } };
    await writeFile(join(folder, 'package-lock.json'), JSON.stringify({ name: 'trial', version: '1.0.0', lockfileVersion: 3, requires: true, packages }));
    await installDependencies({ root: folder, say: () => {} });
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  } finally {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  }
}, 60_000);
