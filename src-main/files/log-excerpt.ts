import { join } from 'node:path';
import { readRegularFile } from './read-file.ts';

/** The files of the log in the app's own folder, the older one first. */
export const logFiles = ['main.old.log', 'main.log'] as const;

/** From which size on (bytes) a file of the log becomes the older one, and no older one is kept. */
export const logBytesMax = 1024 * 1024;

export function logFolder(dataFolder: string): string {
  return join(dataFolder, 'logs');
}

/** `leftOut` are lines that this version did not write. */
export type LogExcerpt = { readonly lines: readonly string[]; readonly leftOut: number };

/** The last lines of the log, the oldest first, as far as `isOurs` knows them. Nothing where there is no log, or none that can be read. */
export async function readLogExcerpt(dataFolder: string, count: number, isOurs: (line: string) => boolean): Promise<LogExcerpt> {
  // One line may go beyond the size.
  const texts = await Promise.all(logFiles.map((name) => readRegularFile(join(logFolder(dataFolder), name), 2 * logBytesMax).catch(() => Buffer.alloc(0))));
  const written = texts
    .map((bytes) => bytes.toString('utf8'))
    .join('')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .slice(-count);
  const lines = written.filter(isOurs);
  return { lines, leftOut: written.length - lines.length };
}
