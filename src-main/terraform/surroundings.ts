import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PathKind, Surroundings } from '../core/terraform/language/calling/surroundings.ts';
import { failure, notKnown } from '../core/terraform/language/values/value.ts';
import type { RunFolders } from './run-folders.ts';

/** Larger files are not read. */
const bytesMax = 4 * 1024 * 1024;

/** What Terraform's functions see of this computer when it runs in these folders. Nothing but regular files is opened. */
export function surroundingsOf({ opened, folder, startedIn }: Omit<RunFolders, 'shown'>): Surroundings {
  return {
    folder,
    startedIn,
    readFile: (path) => {
      const file = at(opened, path);
      const kind = kindOf(file);
      if (kind === 'nothing' || kind === 'lost' || kind === 'folder') return failure;
      if (file === null || kind !== 'file') return notKnown;
      try {
        return statSync(file).size > bytesMax ? notKnown : readFileSync(file);
      } catch {
        return notKnown;
      }
    },
    kindOf: (path) => kindOf(at(opened, path)),
    namesIn: (path) => namesIn(at(opened, path)),
    digest: (algorithm, bytes) => createHash(algorithm).update(bytes).digest(),
  };
}

/** The user's own folder, which `~` stands for, is not looked into. */
function at(folder: string, path: string): string | null {
  return path.startsWith('~') ? null : resolve(folder, path);
}

function kindOf(path: string | null): PathKind | typeof notKnown {
  if (path === null) return notKnown;
  try {
    const found = statSync(path);
    return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    // Links in a circle lead nowhere, too.
    if (code === 'ELOOP') return 'lost';
    return code === 'ENOENT' ? (isLink(path) ? 'lost' : 'nothing') : notKnown;
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function namesIn(folder: string | null): readonly string[] | null {
  try {
    return folder === null ? null : readdirSync(folder);
  } catch {
    return null;
  }
}
