import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkout } from '../app/running-app.ts';

/** What a build says of itself in its package.json; see `src-main/core/updates/project-home.ts`. */
type Manifest = { readonly repository?: string; readonly updateKeys?: readonly string[]; readonly version?: string };

/**
 * The same code in a folder of its own, with another package.json: as somebody else's release has it. Nothing but a
 * build of its own tells the app another project's address or key.
 */
export async function otherBuild(folder: string, changes: Manifest): Promise<string> {
  await mkdir(folder, { recursive: true });
  const manifest = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8')) as object;
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...manifest, ...changes }));
  for (const name of ['dist', 'assets']) await symlink(join(checkout, name), join(folder, name));
  return folder;
}
