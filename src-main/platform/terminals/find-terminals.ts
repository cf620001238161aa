import { posix, win32 } from 'node:path';
import type { Terminal } from '../../contract/ui-state.ts';
import { linuxTerminals } from './linux-terminals.ts';
import { macTerminals } from './mac-terminals.ts';
import type { TerminalCommand, TerminalEntry, TerminalWindow } from './terminal-entry.ts';
import type { TerminalWorld } from './terminal-world.ts';
import { windowsTerminals } from './windows-terminals.ts';

const knownTerminals: readonly TerminalEntry[] = [...linuxTerminals, ...macTerminals, ...windowsTerminals];

/** Where programs are looked for. */
export type Machine = Pick<TerminalWorld, 'platform' | 'env' | 'isExecutable'>;

/** The known terminals that are installed on this machine and can show a window, best first. */
export async function findTerminals(machine: Machine): Promise<readonly Terminal[]> {
  const possible = knownTerminals.filter(({ platform, display }) => platform === machine.platform && (display === undefined || Boolean(machine.env[display])));
  const installed = await Promise.all(possible.map((entry) => isInstalled(entry, machine)));
  return possible.filter((_, index) => installed[index]).map(({ id, label }) => ({ id, label }));
}

/** The command that opens `window` in terminal `id`; null when the app knows no such terminal. */
export function terminalCommand(id: string, window: TerminalWindow): TerminalCommand | null {
  return knownTerminals.find((entry) => entry.id === id)?.command(window) ?? null;
}

/** Whether one of the programs exists, at its full path or on the PATH. */
export async function isInstalled({ programs }: Pick<TerminalEntry, 'programs'>, machine: Machine): Promise<boolean> {
  const paths = programs.flatMap((program) => pathsOf(program, machine));
  return (await Promise.all(paths.map(machine.isExecutable))).includes(true);
}

function pathsOf(program: string, { platform, env }: Machine): readonly string[] {
  const path = platform === 'win32' ? win32 : posix;
  if (path.isAbsolute(program)) return [program];
  // Windows spells it `Path`, and a copied environment compares names exactly.
  const search = Object.entries(env).find(([name]) => name.toUpperCase() === 'PATH')?.[1] ?? '';
  const folders = search.split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  // Without `join` where that changes nothing: it would be asked for more than a hundred paths, so often that V8 would bring in its compiler for it.
  return folders.map((folder) => (platform === 'win32' ? path.join(folder, program) : `${folder}/${program}`));
}
