import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeCliConfig } from './cli-config.ts';
import { findProviderMirror } from './provider-mirror.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'provider-mirror-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const os = process.platform === 'win32' ? 'windows' : process.platform;
const arch = process.arch === 'x64' ? 'amd64' : process.arch;

function install(mirror: string, version: string, target = `${os}_${arch}`): void {
  mkdirSync(join(mirror, 'registry.example', 'hashicorp', 'aws', version, target), { recursive: true });
}

test('the mirror that TF_CLI_CONFIG_FILE names is found, with its newest version', () => {
  const mirror = join(folder, 'mirror');
  install(mirror, '5.9.0');
  install(mirror, '5.100.0');
  install(mirror, '6.0.0', 'plan9_mips');
  const file = join(folder, 'cli.tfrc');
  writeFileSync(file, `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`);
  expect(findProviderMirror({ TF_CLI_CONFIG_FILE: file })).toEqual({ path: mirror, newestVersion: '5.100.0' });
});

test('a CLI configuration that is missing is passed over for the plug-in cache', () => {
  const cache = join(folder, 'cache');
  install(cache, '5.1.0');
  const env = { TF_CLI_CONFIG_FILE: join(folder, 'missing'), TF_PLUGIN_CACHE_DIR: cache };
  expect(findProviderMirror(env)).toEqual({ path: cache, newestVersion: '5.1.0' });
});

test('the CLI configuration names the mirror, and none where the registry is to be asked', () => {
  const withMirror = writeCliConfig(folder, { path: folder, newestVersion: '5.1.0' });
  expect(readFileSync(withMirror.TF_CLI_CONFIG_FILE, 'utf8')).toContain(`path    = ${JSON.stringify(folder)}`);
  const { TF_CLI_CONFIG_FILE } = writeCliConfig(folder, null);
  expect(readFileSync(TF_CLI_CONFIG_FILE, 'utf8')).toBe('disable_checkpoint = true\n');
});
