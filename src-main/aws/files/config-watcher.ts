import { existsSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { watch } from 'chokidar';
import type { AwsFiles } from './environment.ts';

/** Editors write a file in several steps; one reload, this many milliseconds after the last, is enough. */
const settleMs = 150;

/** `ready` resolves when no later change is missed; `dispose` ends the watch. */
export type AwsFilesWatch = { readonly ready: Promise<void>; readonly dispose: () => Promise<void> };

/** Calls back after either AWS file, or the folder that it will be in, appeared, changed or went away. */
export function watchAwsFiles(files: AwsFiles, onChange: () => void): AwsFilesWatch {
  let settling: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(settling);
    settling = setTimeout(onChange, settleMs);
    // A link may lead elsewhere by now.
    watcher.add(ends());
  };
  const wanted = new Set(Object.values(files));
  const isOnTheWay = (path: string) => [...wanted].some((file) => file === path || file.startsWith(`${path}/`) || file.startsWith(`${path}\\`));
  // Editors and `aws configure` replace a file, and ~/.aws itself may go and come back. So the folder
  // above the file's own folder is watched.
  const roots = new Set([...wanted].map((file) => nearestFolder(dirname(dirname(file)))));
  /** New folders of files that links lead to. There a file is replaced without a change in the link's own folder. */
  const ends = (): string[] => {
    const found = Object.values(files)
      .flatMap(endOfLinks)
      .filter((file) => !wanted.has(file));
    for (const file of found) wanted.add(file);
    const folders = found.map(dirname).filter((folder) => !roots.has(folder));
    for (const folder of folders) roots.add(folder);
    return folders;
  };
  ends();
  const watcher = watch([...roots], { ignoreInitial: true, depth: 8, ignored: (path) => !roots.has(path) && !isOnTheWay(path) });
  watcher.on('all', changed);
  // A watch that the system refuses must not end the app: the files are looked at when they are used as well.
  watcher.on('error', () => {});
  return {
    ready: new Promise((resolve) => void watcher.once('ready', resolve)),
    dispose: () => {
      clearTimeout(settling);
      return watcher.close();
    },
  };
}

/** None where there is no file, as while an editor replaces it. */
function endOfLinks(file: string): readonly string[] {
  try {
    return [realpathSync(file)];
  } catch {
    return [];
  }
}

function nearestFolder(folder: string): string {
  const parent = dirname(folder);
  return existsSync(folder) || parent === folder ? folder : nearestFolder(parent);
}
