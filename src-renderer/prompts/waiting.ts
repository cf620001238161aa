import type { WaitingProgram } from '../../src-main/contract/ui-state.ts';

/** The window has room for this many lines. When there are more programs, the last line counts the rest. */
const mostShown = 3;

/** The programs to name, each once however often it asks, and how many more there are. */
export function shownPrograms(programs: readonly WaitingProgram[]): {
  readonly shown: readonly WaitingProgram[];
  readonly more: number;
} {
  const once = programs.filter((program, index) => index === programs.findIndex((other) => isSame(program, other)));
  const shown = once.slice(0, once.length > mostShown ? mostShown - 1 : mostShown);
  return { shown, more: once.length - shown.length };
}

/** The end of a folder's path, by which people recognise a project: `~/work/network` as it is, of a longer one the last two parts. */
export function folderEnd(folder: string): string {
  const parts = folder.split(/[/\\]/).filter((part) => part !== '');
  if (parts.length <= (parts[0] === '~' ? 3 : 2)) return folder;
  const separator = folder.includes('\\') ? '\\' : '/';
  return ['…', ...parts.slice(-2)].join(separator);
}

function isSame(a: WaitingProgram, b: WaitingProgram): boolean {
  return a.pid === b.pid && a.peer?.pid === b.peer?.pid && a.profile === b.profile;
}
