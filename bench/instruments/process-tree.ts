import { readdirSync, readFileSync } from 'node:fs';

/** The parent of a process, from its `/proc/PID/stat` (proc(5)). */
export function parseParent(text: string): number {
  // The command in parentheses may itself hold spaces and parentheses; the state follows it.
  const [, parent] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (parent === undefined) throw new Error(`Not a process: ${text}`);
  return Number(parent);
}

/** The proportional set size, from `/proc/PID/smaps_rollup`, in bytes: of pages that n processes share, 1/n counts. */
export function parsePss(text: string): number {
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(text)?.[1];
  if (kilobytes === undefined) throw new Error('smaps_rollup tells no Pss');
  return Number(kilobytes) * 1024;
}

/** The process and all its descendants. */
export function descendants(root: number, parents: ReadonlyMap<number, number>): readonly number[] {
  const children = [...parents].filter(([, parent]) => parent === root).map(([pid]) => pid);
  return [root, ...children.flatMap((child) => descendants(child, parents))];
}

/** The ids of a process and of all its descendants. Linux only. */
export function processTree(root: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const pid of numbersIn('/proc')) {
    const text = readOrNull(`/proc/${pid}/stat`);
    if (text !== null) parents.set(pid, parseParent(text));
  }
  return descendants(root, parents);
}

/** The memory of processes, in bytes; a process that has ended meanwhile counts as 0. */
export function pssOf(processes: readonly number[]): number {
  return processes.reduce((total, pid) => {
    const text = readOrNull(`/proc/${pid}/smaps_rollup`);
    return text === null ? total : total + parsePss(text);
  }, 0);
}

/** How long each thread of some processes has run, in nanoseconds, by a unique name. */
export type ThreadTimes = ReadonlyMap<string, number>;

/**
 * `/proc/PID/stat` counts in hundredths of a second, rounded for each process, which is as much as an idle
 * app uses. `schedstat` of each thread counts in nanoseconds.
 */
export function threadTimes(processes: readonly number[]): ThreadTimes {
  const times = new Map<string, number>();
  for (const pid of processes) {
    for (const thread of numbersIn(`/proc/${pid}/task`)) {
      const nanoseconds = readOrNull(`/proc/${pid}/task/${thread}/schedstat`)?.split(' ')[0];
      if (nanoseconds !== undefined) times.set(`${pid}/${thread}`, Number(nanoseconds));
    }
  }
  return times;
}

/** How long threads ran between two readings, in milliseconds. The time of a thread that has ended meanwhile is lost, so read often. */
export function cpuMsBetween(before: ThreadTimes, after: ThreadTimes): number {
  let nanoseconds = 0;
  for (const [thread, time] of after) nanoseconds += time - (before.get(thread) ?? 0);
  return nanoseconds / 1e6;
}

function numbersIn(folder: string): readonly number[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
