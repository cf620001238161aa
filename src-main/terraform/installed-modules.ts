import { realpathSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { z } from 'zod';
import { constantText } from '../core/terraform/language/constant.ts';
import type { FoundModule, ProjectSources } from '../core/terraform/reading/modules/module-tree.ts';
import type { ReadModule } from './module-folder.ts';
import { filesOnDisk } from './project-files.ts';

/** Where the files of a module are; see `ModuleCall`. */
export type ModulePlace = { readonly folder: string; readonly sourceDir: string | null };

export type InstalledModule = ModulePlace & {
  /** As the call named it when it was installed. */
  readonly source: string;
};

const ModuleList = z.object({ Modules: z.array(z.object({ Key: z.string(), Source: z.string().default(''), Dir: z.string() })) });

/** The installed modules by the path of their calls, as `terraform init` lists them. */
export async function installedModules(folder: string, dataFolder: string): Promise<ReadonlyMap<string, InstalledModule>> {
  const text = (await filesOnDisk.read(join(dataFolder, 'modules', 'modules.json'))) ?? '{}';
  try {
    const { Modules: modules } = ModuleList.parse(JSON.parse(text));
    return new Map(modules.map(({ Key, Source, Dir }) => [Key, { source: Source, folder: resolve(folder, Dir), sourceDir: Dir }]));
  } catch {
    return new Map();
  }
}

/** Terraform goes where the list leads: a link on the way was followed when the list was made. Where a call has changed since, the files say. */
export function modulesOnDisk(installed: ReadonlyMap<string, InstalledModule>, readModule: ReadModule): ProjectSources['childModule'] {
  return async (path, source, caller) => {
    const there = installed.get(path);
    const said = constantText(source);
    const local = said !== null && /^\.\.?([/\\]|$)/.test(said) ? normalized(said) : null;
    return found(local === null || there?.source === local ? there : localModule(caller, local), readModule);
  };
}

/** A plan holds all of its modules. */
export function modulesOfPlan(modules: ReadonlyMap<string, ModulePlace>, readModule: ReadModule): ProjectSources['childModule'] {
  return async (path) => found(modules.get(path), readModule);
}

/** As `terraform init` lists it: clean, and with a dot in front. */
function normalized(source: string): string {
  const clean = posix.normalize(source).replace(/\/$/, '');
  return clean === '..' || clean.startsWith('../') ? clean : `./${clean}`;
}

/** What `terraform init` will make of a call. */
function localModule(caller: ModulePlace, source: string): ModulePlace {
  const folder = join(caller.folder, source);
  try {
    const real = realpathSync.native(folder);
    return { folder: real, sourceDir: real === folder && caller.sourceDir !== null ? posix.join(caller.sourceDir, source) : null };
  } catch {
    return { folder, sourceDir: null };
  }
}

async function found(place: ModulePlace | undefined, readModule: ReadModule): Promise<FoundModule> {
  if (place === undefined) return { unread: 'not-installed' };
  const module = await readModule(place.folder);
  if (module.ok) return { folder: place.folder, sourceDir: place.sourceDir, module: module.value };
  return { unread: module.error.code === 'project-folder-missing' || module.error.code === 'project-empty' ? 'not-installed' : 'broken' };
}
