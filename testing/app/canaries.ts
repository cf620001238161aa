import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { argumentsOf, environmentOf, nameOf, parentOf, processIds, readOrEmpty } from '../processes/process-list.ts';
import { leaksIn, type Leak } from '../secrets/leaks.ts';

/** Every file below a folder that holds one of the secrets. Throws when there is no file to search. */
export function leaksInFolder(folder: string, secrets: readonly string[]): Leak[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  if (files.length === 0) throw new Error(`There is no file in ${folder} to look for secrets in`);
  return files.flatMap((entry) => {
    const file = join(entry.parentPath, entry.name);
    return leaksIn(file, readOrEmpty(file), secrets);
  });
}

/** Every process of this machine that has one of the secrets in its arguments. */
export function leaksInArguments(secrets: readonly string[]): Leak[] {
  return processIds().flatMap((pid) => leaksIn(`arguments of ${nameOf(pid)}`, argumentsOf(pid), secrets));
}

/** The processes that have one of the secrets in the environment that they were started with. */
export function processesWithSecretsInEnvironment(secrets: readonly string[]): { readonly pid: number; readonly name: string; readonly parent: string }[] {
  return processIds()
    .filter((pid) => leaksIn('', environmentOf(pid), secrets).length > 0)
    .map((pid) => ({ pid, name: nameOf(pid), parent: nameOf(parentOf(pid)) }));
}

/** The files that a process has open, as the kernel names them. */
export function openFiles(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
    } catch {
      return [];
    }
  });
}

/** What a renderer holds: its whole JavaScript heap and its document. */
export async function leaksInRenderer(page: Page, secrets: readonly string[]): Promise<Leak[]> {
  const devtools = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  devtools.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await devtools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await devtools.detach();
  const heap = chunks.join('');
  // A search that could not find anything would prove nothing.
  if (!heap.includes('stsTray')) throw new Error('The heap snapshot does not hold what the page surely has');
  return [...leaksIn(`heap of ${page.url()}`, heap, secrets), ...leaksIn(`document of ${page.url()}`, await page.content(), secrets)];
}
