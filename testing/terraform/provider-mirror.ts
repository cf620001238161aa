import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const provider = join('hashicorp', 'aws');

/** A folder laid out as `<registry host>/hashicorp/aws/<version>/<os>_<arch>/`. */
export type ProviderMirror = { readonly path: string; readonly newestVersion: string };

/**
 * Finds a file-system mirror that holds the AWS provider for this machine: first where the CLI
 * configuration (`TF_CLI_CONFIG_FILE`, `~/.terraformrc`) or `TF_PLUGIN_CACHE_DIR` points, then in the
 * "implied local mirror directories" of Terraform's documentation, then in folders up to two levels below
 * those that hold optional software, and at last what set-up has brought. Null where there is none; Terraform then asks
 * its registry.
 */
export function findProviderMirror(env: NodeJS.ProcessEnv = process.env): ProviderMirror | null {
  for (const path of candidates(env)) {
    const newestVersion = newestInstalled(path);
    if (newestVersion !== null) return { path, newestVersion };
  }
  return null;
}

function* candidates(env: NodeJS.ProcessEnv): Generator<string> {
  const home = homedir();
  for (const file of [env['TF_CLI_CONFIG_FILE'], join(home, '.terraformrc')]) {
    if (file) yield* mirrorsNamedIn(file);
  }
  if (env['TF_PLUGIN_CACHE_DIR']) yield env['TF_PLUGIN_CACHE_DIR'];
  yield join(home, '.terraform.d', 'plugins');
  const dataFolders = [env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), '/usr/local/share', '/usr/share'];
  for (const folder of dataFolders) yield join(folder, 'terraform', 'plugins');
  for (const folder of ['/opt', '/usr/local/lib', '/usr/lib/terraform', '/srv']) {
    yield folder;
    for (const inner of foldersIn(folder)) {
      yield inner;
      yield* foldersIn(inner);
    }
  }
  // As scripts/setup/terraform.mjs puts it there.
  yield join(env['XDG_CACHE_HOME'] || join(home, '.cache'), 'sts-tray', 'terraform-plugins');
}

/** Every `path = "…"` of a CLI configuration. A folder that is not a mirror lacks the layout and is skipped. */
function mirrorsNamedIn(file: string): string[] {
  const paths = [...readOrEmpty(file).matchAll(/^\s*(?:path|plugin_cache_dir)\s*=\s*"([^"]+)"/gm)];
  return paths.flatMap(([, path]) => path ?? []);
}

function newestInstalled(mirror: string): string | null {
  const folders = readNames(mirror).map((host) => join(mirror, host, provider));
  const versions = folders.flatMap((folder) => readNames(folder).filter((version) => readNames(join(folder, version)).includes(target())));
  return versions.toSorted(new Intl.Collator('en', { numeric: true }).compare).at(-1) ?? null;
}

/** This machine's name in Go's terms. */
function target(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  return `${os}_${arch}`;
}

function foldersIn(folder: string): string[] {
  return readNames(folder).map((name) => join(folder, name));
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
