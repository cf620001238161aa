import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { byCodePoints } from '../core/terraform/language/values/value.ts';
import { readRegularFile } from '../files/read-file.ts';

/** The largest file of a project that is read, in bytes. */
export const bytesMax = 64 * 1024 * 1024;

/** Where a project's files are: in folders, or in a saved plan. */
export type ProjectFiles = {
  /** The names of the files in a folder, in Go's order; null when there is no such folder. */
  readonly names: (folder: string) => Promise<readonly string[] | null>;
  /** Null when there is no such file, or none that can be read as text. */
  readonly read: (path: string) => Promise<string | null>;
  /** Whether a folder is there. */
  readonly hasFolder: (folder: string) => Promise<boolean>;
};

export const filesOnDisk: ProjectFiles = {
  names: async (folder) => {
    try {
      const entries = await readdir(folder, { withFileTypes: true });
      return entries
        .filter((entry) => !entry.isDirectory())
        .map(({ name }) => name)
        .sort(byCodePoints);
    } catch {
      return null;
    }
  },
  read: async (path) => {
    try {
      return (await readRegularFile(path, bytesMax)).toString('utf8');
    } catch {
      return null;
    }
  },
  hasFolder: async (folder) => {
    return stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
  },
};

/** As `<(command)` of a shell names a pipe. */
const descriptor = /^\/(dev\/(stdin|fd\/\d+)|proc\/[^/]+\/(task\/\d+\/)?fd\/.+)$/;

/**
 * Whether only the program that a file is meant for can read it: standard input, a descriptor, a pipe. What is read from
 * one of them is gone for everyone else, and a descriptor is another file in another process.
 */
export async function isReadOnce(path: string): Promise<boolean> {
  const real = await realpath(path).catch(() => path);
  if ([real, resolve(path)].some((one) => descriptor.test(one))) return true;
  return stat(path).then(
    (found) => !found.isFile() && !found.isDirectory(),
    () => false,
  );
}

/** Files that are held in memory, by their paths. */
export function filesInMemory(texts: ReadonlyMap<string, string>): ProjectFiles {
  const folders = new Map<string, string[]>();
  for (const path of texts.keys()) folders.set(dirname(path), [...(folders.get(dirname(path)) ?? []), basename(path)].sort(byCodePoints));
  return {
    names: async (folder) => folders.get(folder) ?? null,
    read: async (path) => texts.get(path) ?? null,
    hasFolder: async (folder) => folders.has(folder),
  };
}
