import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Those of the folders, relative to a home, that exist. Their contents are not looked at. */
export async function existingFolders(home: string, folders: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await Promise.all(folders.map(async (folder) => ({ folder, exists: await isFolder(join(home, folder)) })));
  return new Set(found.filter(({ exists }) => exists).map(({ folder }) => folder));
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
