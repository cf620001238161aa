import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Result } from '../contract/app-error.ts';
import { appError, failed, succeeded } from '../core/errors.ts';
import { bodiesOf, moduleOf, type Module, type ModuleFile } from '../core/terraform/language/module-files.ts';
import type { TerraformRun } from '../core/terraform/runs/run.ts';
import { parseHcl, parseJson } from './hcl.ts';

/** The names of those files of a module that the program reads; OpenTofu reads `x.tofu` in place of `x.tf`. */
export function moduleFileNames(names: readonly string[], program: TerraformRun['program']): readonly string[] {
  const there = new Set(names);
  return names.filter((name) => {
    // Editors' own files.
    if (name.startsWith('.') || name.endsWith('~') || /^#.*#$/.test(name)) return false;
    if (/\.tf(\.json)?$/.test(name)) return program !== 'tofu' || !there.has(name.replace(/\.tf(\.json)?$/, '.tofu$1'));
    return program === 'tofu' && /\.tofu(\.json)?$/.test(name);
  });
}

/** When any file of the module was last changed, in epoch milliseconds. */
export async function lastChange(folder: string, program: TerraformRun['program']): Promise<number> {
  const names = moduleFileNames((await namesIn(folder)) ?? [], program);
  const times = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return Math.max(0, ...times);
}

/**
 * The providers that a module's test files configure: `terraform test` deploys with them
 * (Terraform language documentation, "Tests"). Fails as `readModule` does.
 */
export async function readTestProviders(folder: string): Promise<Result<readonly ModuleFile[]>> {
  const files: ModuleFile[] = [];
  for (const place of ['', 'tests']) {
    const names = ((await namesIn(join(folder, place))) ?? []).filter((name) => /\.tftest\.(hcl|json)$/.test(name));
    for (const name of names) {
      const path = join(place, name);
      const read = await readConfiguration(path, await readFile(join(folder, path), 'utf8').catch(() => null));
      if (!read.ok) return read;
      files.push({ ...read.value, body: bodiesOf(read.value.body).map(({ provider }) => ({ provider })) });
    }
  }
  return succeeded(files);
}

/**
 * Reads the module in a folder. Fails with `project-folder-missing` `{folder}`, `project-empty` `{folder}`,
 * `project-broken` `{file, line, reason}`; files are named by their path from `root`. `more` are files that were read before.
 */
export async function readModule(folder: string, root: string, program: TerraformRun['program'], more: readonly ModuleFile[] = []): Promise<Result<Module>> {
  const names = await namesIn(folder);
  if (names === null) return failed(appError('project-folder-missing', { folder }));
  const texts = await Promise.all(
    moduleFileNames(names, program).map(async (name) => {
      const file = join(folder, name);
      return { path: relative(root, file), text: await readFile(file, 'utf8').catch(() => null) };
    }),
  );
  const files: ModuleFile[] = [];
  for (const { path, text } of texts) {
    const read = await readConfiguration(path, text);
    if (!read.ok) return read;
    files.push(read.value);
  }
  return files.length === 0 ? failed(appError('project-empty', { folder })) : succeeded(moduleOf([...files, ...more]));
}

/** The names of the files in a folder; null when there is no such folder. */
export async function namesIn(folder: string): Promise<readonly string[] | null> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch {
    return null;
  }
}

async function readConfiguration(path: string, text: string | null): Promise<Result<ModuleFile>> {
  if (text === null) return failed(appError('project-broken', { file: path, line: 1, reason: 'unreadable' }));
  const body = path.endsWith('.json') ? parseJson(path, text) : await parseHcl(path, text);
  return body.ok ? succeeded({ path, text, body: body.value }) : body;
}
