import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Gives back the memory of all that is not in use any more, code that has not run lately among it. V8 does so by itself only
 * where more is asked for, which an idle app does not do: what its start has left would stay. Takes up to some tenths of
 * a second, in which nothing else runs. Where an engine has no such way, nothing happens.
 */
export function collectGarbage(): void {
  // The way is there in contexts that are made while the flag is set, so the app itself never has it.
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('globalThis.gc');
  setFlagsFromString('--no-expose-gc');
  if (isCollector(collect)) collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

function isCollector(value: unknown): value is (options: Readonly<Record<string, string>>) => void {
  return typeof value === 'function';
}
