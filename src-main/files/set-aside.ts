import { copyFileSync, lstatSync, renameSync } from 'node:fs';
import { basename } from 'node:path';
import { makeFilePrivate } from './private-modes.ts';

/** How many names there are for what was set aside. After them the last one is used again. */
const namesMax = 9;

/**
 * Moves what stands in a file's place out of the way, whatever it is, and returns the name that it has beside its place
 * now. An older file of that name is replaced, a folder or a pipe is not. Throws the system's error.
 */
export function setAside(path: string): string {
  const kept = freeName(path);
  renameSync(path, kept);
  return basename(kept);
}

/** Keeps a copy of a file, for this user alone. Returns and throws as above. */
export function keepCopy(path: string): string {
  const kept = freeName(path);
  copyFileSync(path, kept);
  makeFilePrivate(kept);
  return basename(kept);
}

function freeName(path: string): string {
  const isFile = lstatSync(path).isFile();
  const names = [`${path}.unreadable`, ...Array.from({ length: namesMax - 1 }, (_, index) => `${path}.unreadable.${index + 2}`)];
  return names.find((name) => isFree(name, isFile)) ?? `${path}.unreadable.${namesMax}`;
}

function isFree(name: string, isFile: boolean): boolean {
  const there = lstatSync(name, { throwIfNoEntry: false });
  return there === undefined || (isFile && there.isFile());
}
