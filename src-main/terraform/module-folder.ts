import { join, relative } from 'node:path';
import type { Result } from '../contract/app-error.ts';
import { appError, failed, succeeded } from '../core/errors.ts';
import { moduleOf, type Module, type ModuleFile } from '../core/terraform/language/module-files.ts';
import type { TerraformRun } from '../core/terraform/runs/run.ts';
import type { Body } from '../core/terraform/structure/body.ts';
import type { ReadHcl } from './hcl.ts';
import { parseJsonConfiguration } from './json.ts';
import type { ProjectFiles } from './project-files.ts';

/** The names of those files of a module that the program reads; OpenTofu reads `x.tofu` in place of `x.tf`. */
function moduleFileNames(names: readonly string[], program: TerraformRun['program']): readonly string[] {
  const there = new Set(names);
  return names.filter((name) => {
    // Editors' own files.
    if (name.startsWith('.') || name.endsWith('~') || /^#.*#$/.test(name)) return false;
    if (/\.tf(\.json)?$/.test(name)) return program !== 'tofu' || !there.has(name.replace(/\.tf(\.json)?$/, '.tofu$1'));
    return program === 'tofu' && /\.tofu(\.json)?$/.test(name);
  });
}

/**
 * Reads the module in a folder, once for each folder. Fails with `project-folder-missing` `{folder}`,
 * `project-empty` `{folder}`, `project-broken` `{file, line, reason}`; files are named by their path from the root.
 */
export type ReadModule = (folder: string) => Promise<Result<Module>>;

type Parts = { readonly files: ProjectFiles; readonly readHcl: ReadHcl; readonly root: string; readonly program: TerraformRun['program'] };

export function moduleReader(parts: Parts): ReadModule {
  const modules = new Map<string, Promise<Result<Module>>>();
  return (folder) => {
    const module = modules.get(folder) ?? readModule(folder, parts);
    modules.set(folder, module);
    return module;
  };
}

async function readModule(folder: string, { files, readHcl, root, program }: Parts): Promise<Result<Module>> {
  const names = await files.names(folder);
  if (names === null) return failed(appError((await files.hasFolder(folder)) ? 'project-empty' : 'project-folder-missing', { folder }));
  const read: ModuleFile[] = [];
  const texts = await Promise.all(moduleFileNames(names, program).map(async (name) => [name, await files.read(join(folder, name))] as const));
  for (const [name, text] of texts) {
    const path = relative(root, join(folder, name));
    const body = await readConfiguration(path, text, readHcl);
    if (!body.ok) return body;
    read.push({ path, body: body.value });
  }
  if (read.length === 0) return failed(appError('project-empty', { folder }));
  const module = moduleOf(read);
  if (module.ok) return succeeded(module.value);
  const { place, reason } = module.fault;
  return failed(appError('project-broken', { file: place.file, line: place.line ?? 1, reason: `${reason}.` }));
}

/** The content of a file, in either syntax. Fails with `project-broken` `{file, line, reason}`. */
export async function readConfiguration(path: string, text: string | null, readHcl: ReadHcl): Promise<Result<Body>> {
  if (text === null) return failed(appError('project-broken', { file: path, line: 1, reason: 'The file cannot be read.' }));
  return path.endsWith('.json') ? parseJsonConfiguration(path, text) : readHcl(path, text);
}
