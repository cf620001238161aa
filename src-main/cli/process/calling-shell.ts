import { readFileSync } from 'node:fs';
import { readFile, readlink, stat } from 'node:fs/promises';
import { isShellName } from '../../core/hand-offs/launcher-lines.ts';

/** A process that asked for a command to be run for it. */
export type CallingShell = { readonly env: Readonly<Record<string, string>>; readonly cwd: string };

/**
 * Environment and folder of a process, as it was started with them (proc(5)). Null where that cannot be told, or
 * where this process would not find the same files under the same names, with the same rights: another user or
 * group, another root, other mounts, a folder that is gone, an environment that is no text or has a name twice.
 */
export async function callingShell(pid: number): Promise<CallingShell | null> {
  const [its, own] = [`/proc/${pid}`, '/proc/self'];
  try {
    for (const link of ['root', 'ns/mnt', 'ns/user']) if ((await readlink(`${its}/${link}`)) !== (await readlink(`${own}/${link}`))) return null;
    if ((await rights(its)) !== (await rights(own))) return null;
    const [cwd, env] = [await readlink(`${its}/cwd`), environment(await readFile(`${its}/environ`))];
    const [folder, named] = [await stat(`${its}/cwd`), await stat(cwd)];
    return env !== null && folder.ino === named.ino && folder.dev === named.dev ? { env, cwd } : null;
  } catch {
    return null;
  }
}

/** The variables that a process was started with and that no shell can hold; none where that cannot be told. Linux only. */
export function namesNoShellHolds(pid: number): Readonly<Record<string, string>> {
  try {
    const env = environment(readFileSync(`/proc/${pid}/environ`));
    return Object.fromEntries(Object.entries(env ?? {}).filter(([name]) => !isShellName(name)));
  } catch {
    return {};
  }
}

/** What a process may do with files, as `status` says. */
async function rights(process: string): Promise<string> {
  const status = await readFile(`${process}/status`, 'utf8');
  return status
    .split('\n')
    .filter((line) => /^(Uid|Gid|Groups|CapEff):/.test(line))
    .map((line) => line.trim())
    .join('\n');
}

function environment(bytes: Buffer): Readonly<Record<string, string>> | null {
  const entries = new TextDecoder('utf-8', { fatal: true })
    .decode(bytes)
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)] as const);
  const env = Object.fromEntries(entries);
  return entries.every(([name]) => name !== '') && Object.keys(env).length === entries.length ? env : null;
}
