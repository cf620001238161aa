import { readdirSync, readFileSync } from 'node:fs';

// The processes of this Linux machine, as /proc has them. Each may be gone by the time it is looked at; then it has nothing.

export function processIds(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

export function nameOf(pid: number): string {
  return readOrEmpty(`/proc/${pid}/comm`).trim();
}

export function parentOf(pid: number): number {
  return Number(/^PPid:\s*(\d+)/m.exec(readOrEmpty(`/proc/${pid}/status`))?.[1] ?? 0);
}

/** As the process has them now, separated by NUL. */
export function argumentsOf(pid: number): string {
  return readOrEmpty(`/proc/${pid}/cmdline`);
}

/** What the process was started with, separated by NUL. */
export function environmentOf(pid: number): string {
  return readOrEmpty(`/proc/${pid}/environ`);
}

/** The process's children, theirs, and so on. */
export function descendantsOf(pid: number): number[] {
  const parents = new Map(processIds().map((each) => [each, parentOf(each)]));
  const below = (ancestor: number): number[] => {
    const children = [...parents].filter(([, parent]) => parent === ancestor).map(([child]) => child);
    return [...children, ...children.flatMap(below)];
  };
  return below(pid);
}

/** A process, or a file of a cache, may be gone by the time it is read. */
export function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
