import { readdirSync } from 'node:fs';
import { memoryUsage } from 'node:process';
import { queryObjects } from 'node:v8';
import { collectGarbage } from './garbage.ts';

/** What a process holds at a moment, after all that nobody holds any more was taken away. */
export type KeptThings = {
  readonly objects: number;
  readonly heapBytes: number;
  readonly rssBytes: number;
  /** What would keep the process alive, by kind, as Node names them: timers, sockets, servers and requests. */
  readonly resources: Readonly<Record<string, number>>;
  /** Open file descriptors; 0 where the system does not tell. */
  readonly descriptors: number;
};

/** Of this process. */
export function keptThings(): KeptThings {
  collectGarbage();
  const resources: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
  const { heapUsed, rss } = memoryUsage();
  return {
    objects: queryObjects(Object, { format: 'count' }),
    heapBytes: heapUsed,
    rssBytes: rss,
    resources,
    descriptors: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0,
  };
}
