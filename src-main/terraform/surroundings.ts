import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import type { Surroundings } from '../core/terraform/language/calling/surroundings.ts';
import { failure, notKnown } from '../core/terraform/language/values/value.ts';
import type { RunFolders } from './run-folders.ts';

/** Larger files, and more files than this, are not read. */
const bytesMax = 4 * 1024 * 1024;
const filesMax = 20_000;

/** What Terraform's functions see of this computer when it runs in these folders. Nothing but regular files is opened. */
export function surroundingsOf({ opened, folder, startedIn }: Omit<RunFolders, 'shown'>): Surroundings {
  return {
    folder,
    startedIn,
    readFile: (path) => {
      const file = at(opened, path);
      const kind = kindOf(file);
      if (kind === null || kind === 'folder') return failure;
      if (file === null || kind !== 'file') return notKnown;
      try {
        return statSync(file).size > bytesMax ? notKnown : readFileSync(file);
      } catch {
        return notKnown;
      }
    },
    fileExists: (path) => {
      const kind = kindOf(at(opened, path));
      if (kind === null) return false;
      return kind === 'file' ? true : kind === 'folder' ? failure : notKnown;
    },
    filesBelow: (path) => filesBelow(at(opened, path)),
    digest: (algorithm, bytes) => createHash(algorithm).update(bytes).digest(),
  };
}

/** The user's own folder, which `~` stands for, is not looked into. */
function at(folder: string, path: string): string | null {
  return path.startsWith('~') ? null : resolve(folder, path);
}

function kindOf(file: string | null): 'file' | 'folder' | 'other' | null {
  if (file === null) return 'other';
  try {
    const found = statSync(file);
    return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? null : 'other';
  }
}

function filesBelow(top: string | null): readonly string[] | null {
  if (top === null) return null;
  const files: string[] = [];
  const visit = (folder: string, path: string): boolean =>
    readdirSync(folder, { withFileTypes: true }).every((entry) => {
      const [full, own] = [join(folder, entry.name), posix.join(path, entry.name)];
      // A link may lead anywhere, and round in a circle.
      if (entry.isSymbolicLink() && !lstatSync(full).isFile()) return false;
      if (entry.isDirectory()) return visit(full, own);
      files.push(own);
      return files.length <= filesMax;
    });
  try {
    return visit(top, '') ? files : null;
  } catch {
    return null;
  }
}
