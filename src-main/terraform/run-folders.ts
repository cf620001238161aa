import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, resolve, sep } from 'node:path';
import type { TerraformRun } from '../core/terraform/runs/run.ts';

/** The folders of a run, as Terraform finds them and as it calls them. */
export type RunFolders = {
  /** Where the root module is, by the name that it was given. People know it by that name. */
  readonly shown: string;
  /** The same folder without links: that is where `..` leads from. */
  readonly opened: string;
  /** What `abspath(".")` is, with `/`; null where that is not known. */
  readonly folder: string | null;
  /** What `path.cwd` is, with `/`; null where that is not known. */
  readonly startedIn: string | null;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a run takes place when its program is started with these variables. */
export function foldersOf(run: Pick<TerraformRun, 'folder' | 'startedIn'>, env: Environment): RunFolders {
  const opened = withoutLinks(run.folder);
  const startedIn = nameOf(run.startedIn, env);
  const given = resolve(run.folder);
  return {
    // A `..` behind a link leads elsewhere than the path reads.
    shown: withoutLinks(given) === opened ? given : opened,
    opened,
    folder: opened === withoutLinks(run.startedIn) ? startedIn : nameOf(opened, env),
    startedIn,
  };
}

/** Where the files of the root module are, which `import -config` may say, and what `path.module` is there: the path as it was given. */
export function configurationIn({ opened }: RunFolders, given: string | null): { readonly folder: string; readonly sourceDir: string } {
  if (given === null) return { folder: opened, sourceDir: '.' };
  return { folder: withoutLinks(pathIn(opened, given)), sourceDir: given.split(sep).join('/') };
}

/** A path as a system call takes it in a folder: a `..` behind a link leads to where the link does. */
export function pathIn(folder: string, path: string): string {
  return isAbsolute(path) ? path : `${folder}${sep}${path}`;
}

/**
 * Terraform has the name of its working directory from Go's `os.Getwd`: `PWD` where that names the same folder, else
 * the path without links. A folder that is given by a link, with no `PWD` for it, could be entered by either name.
 */
function nameOf(folder: string, { PWD = '' }: Environment): string | null {
  const real = withoutLinks(folder);
  if (process.platform !== 'win32' && PWD.startsWith('/') && isSameFolder(PWD, real)) return asText(resolve(PWD));
  return real === resolve(folder) ? asText(real) : null;
}

/** As a string of Terraform's; null for a name that is no Unicode. */
function asText(path: string): string | null {
  return path.includes('\uFFFD') ? null : path.split(sep).join('/').normalize('NFC');
}

/** A folder that is not there keeps its name. */
function withoutLinks(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return resolve(folder);
  }
}

function isSameFolder(one: string, other: string): boolean {
  try {
    const [a, b] = [statSync(one, { bigint: true }), statSync(other, { bigint: true })];
    return a.dev === b.dev && a.ino === b.ino;
  } catch {
    return false;
  }
}
