import { readFileSync, writeFileSync } from 'node:fs';

const filterFile = '/proc/self/coredump_filter';

/** What the system would have put into a dump of a crashed process; null where nothing says so. */
let usual: string | null = null;

/**
 * Leaves the memory of this process, and of those that it starts, out of the dump that the system writes when
 * one crashes: it holds keys. Only Linux lets a process say so itself (core(5), "coredump_filter"). A limit on
 * the size of dumps would not do: where they are piped to a program, that program decides.
 */
export function leaveMemoryOutOfDumps(): void {
  try {
    usual ??= readFileSync(filterFile, 'latin1').trim();
    writeFileSync(filterFile, '0');
  } catch {
    // There is no such file on other systems.
  }
}

/** A line for a shell that is about to become another program, whose crashes are none of ours; null where there is nothing to undo. */
export function usualDumpsLine(): string | null {
  return usual !== null && /^[\da-f]+$/i.test(usual) ? `echo 0x${usual} >${filterFile}` : null;
}
