import { readlink } from 'node:fs/promises';
import { printable } from '../../core/printable.ts';

/** The file that a process of this user runs, by proc(5); null where that cannot be told, as on other systems. */
export async function executableOf(pid: number): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  return printable(await readlink(`/proc/${pid}/exe`).catch(() => '')) || null;
}
