import { statSync } from 'node:fs';
import type { CliWorld } from './cli-world.ts';

/**
 * The process that waits for this one, which the prompt names. A process of another user, such as sudo,
 * is left out, because the app accepts none.
 */
export function callerPid({ parentPid, platform }: CliWorld): { readonly pid?: number } {
  if (parentPid < 1) return {};
  const owner = platform === 'linux' ? statSync(`/proc/${parentPid}`, { throwIfNoEntry: false })?.uid : process.getuid?.();
  return owner === process.getuid?.() ? { pid: parentPid } : {};
}
