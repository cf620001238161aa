import { execFile } from 'node:child_process';
import { readFile, readlink, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { commandOf, onlyPassesOn, startsSessions, type Called } from '../../core/hand-offs/program-name.ts';
import { printable } from '../../core/printable.ts';

/** A program as the MFA prompt names it. */
export type CallingProgram = { readonly pid: number; readonly command: string; readonly folder: string | null };

/** A process of this user. */
export type Process = Called & { readonly pid: number; readonly parentPid: number };

/** Looks up processes; null for one that has ended or belongs to another user. */
export type Processes = {
  readonly find: (pid: number) => Promise<Process | null>;
  readonly folder: (pid: number) => Promise<string | null>;
};

/** A program's output; '' when it fails. */
export type Run = (file: string, args: readonly string[]) => Promise<string>;

/** The number of parents that are skipped at most. */
const climbMax = 16;
/** How long `ps`, `lsof` or PowerShell may take, in milliseconds. */
const lookUpMs = 5000;

/**
 * The program that is really asking: the process `pid`, or its nearest ancestor that a person
 * recognises. Shells that only run a command line, STS Tray itself and Terraform's provider plugins
 * are skipped. Null when this user has no such process.
 *
 * `command` is the name and at most one more plain word, as in `terraform plan`, because the other
 * words may be secrets. A process of the same user can call itself anything, so the prompt shows
 * this, but nothing is decided by it.
 */
export async function callingProgram(pid: number, processes = processesOf(process.platform)): Promise<CallingProgram | null> {
  let asking = await processes.find(pid);
  for (let climbed = 0; asking !== null && climbed < climbMax && onlyPassesOn(asking); climbed++) {
    const parent = await processes.find(asking.parentPid);
    if (parent === null || startsSessions(parent)) break;
    asking = parent;
  }
  return asking && { pid: asking.pid, command: commandOf(asking), folder: await processes.folder(asking.pid) };
}

export function processesOf(platform: NodeJS.Platform, run: Run = runProgram): Processes {
  if (platform === 'darwin') return macProcesses(run);
  return platform === 'win32' ? windowsProcesses(run) : linuxProcesses();
}

/** Uses proc(5). A process's folder there has the same owner as the process. */
function linuxProcesses(): Processes {
  return {
    find: async (pid) => {
      try {
        const folder = `/proc/${pid}`;
        const [{ uid }, status, commandLine] = await Promise.all([stat(folder), readFile(`${folder}/stat`, 'utf8'), readFile(`${folder}/cmdline`, 'utf8')]);
        return uid === process.getuid?.() ? parseProc(pid, status, commandLine) : null;
      } catch {
        return null;
      }
    },
    folder: async (pid) => {
      const folder = await readlink(`/proc/${pid}/cwd`).catch(() => '');
      return printable(folder) || null;
    },
  };
}

/** `status` is `PID (NAME) STATE PPID …`, where NAME may hold anything; `commandLine` ends each argument with NUL. */
export function parseProc(pid: number, status: string, commandLine: string): Process | null {
  const [, name = '', parentPid] = /^\d+ \((.*)\) \S (\d+) /s.exec(status) ?? [];
  if (parentPid === undefined) return null;
  // A process title that is shorter than the original arguments leaves NULs at the end.
  const argv = commandLine.replace(/\0+$/, '').split('\0');
  return { pid, parentPid: Number(parentPid), argv: argv[0] === '' ? [name] : argv, name };
}

/** Uses macOS's `ps` and `lsof`, because macOS has no interface for this that Node can reach. */
function macProcesses(run: Run): Processes {
  return {
    find: async (pid) => parsePs(pid, await run('/bin/ps', ['-ww', '-o', 'ppid=,uid=,command=', '-p', String(pid)]), process.getuid?.() ?? -1),
    folder: async (pid) => parseLsof(await run('/usr/sbin/lsof', ['-a', '-d', 'cwd', '-Fn', '-p', String(pid)])),
  };
}

/** One line, `PPID UID COMMAND`, where spaces inside an argument look like those between arguments. */
export function parsePs(pid: number, output: string, ourUid: number): Process | null {
  const [, parentPid, uid, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*\S)/.exec(output) ?? [];
  if (Number(uid) !== ourUid) return null;
  // The program of an application bundle is named like the bundle, spaces included.
  const [, bundled, rest = ''] = /^\/.*\/([^/]+)\.app\/Contents\/MacOS\/\1(?= |$)(.*)$/.exec(command) ?? [];
  const words = (text: string) => text.split(' ').filter((word) => word !== '');
  return { pid, parentPid: Number(parentPid), argv: bundled === undefined ? words(command) : [bundled, ...words(rest)] };
}

/** One field per line, with a letter before it: `n` is the name of the file, here the folder. */
export function parseLsof(output: string): string | null {
  const folder = output
    .split('\n')
    .find((line) => line.startsWith('n/'))
    ?.slice(1);
  return folder === undefined ? null : printable(folder);
}

/** One PowerShell looks up all parents, because each takes half a second to start. Windows does not reveal a process's folder. */
function windowsProcesses(run: Run): Processes {
  const found = new Map<number, Process>();
  return {
    find: async (pid) => {
      if (found.size === 0) {
        const shell = `${process.env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`;
        const output = await run(shell, ['-NoProfile', '-NonInteractive', '-Command', windowsScript(pid)]);
        for (const entry of parseWindowsProcesses(output)) found.set(entry.pid, entry);
      }
      return found.get(pid) ?? null;
    },
    folder: () => Promise.resolve(null),
  };
}

/** A parent that is younger than its child is a different process, which reuses the ID of one that has ended. */
function windowsScript(pid: number): string {
  return [
    '[Console]::OutputEncoding = [Text.Encoding]::UTF8',
    `$id = ${pid}; $born = [DateTime]::MaxValue`,
    `$found = @(for ($n = 0; $n -le ${climbMax}; $n++) {`,
    '  $p = Get-CimInstance Win32_Process -Filter "ProcessId=$id"',
    '  if (-not $p -or $p.CreationDate -gt $born) { break }',
    '  $p | Select-Object ProcessId, ParentProcessId, CommandLine; $id = $p.ParentProcessId; $born = $p.CreationDate })',
    'ConvertTo-Json -Compress -InputObject $found',
  ].join('\n');
}

/** Windows shows the command lines of other users' processes only to administrators; processes without one are left out. */
export function parseWindowsProcesses(output: string): readonly Process[] {
  try {
    const entries = JSON.parse(output) as readonly { ProcessId: number; ParentProcessId: number; CommandLine: string | null }[];
    return entries.flatMap(({ ProcessId: pid, ParentProcessId: parentPid, CommandLine: line }) =>
      line === null ? [] : [{ pid, parentPid, argv: Array.from(line.matchAll(/"([^"]*)"|\S+/g), ([whole, quoted]) => quoted ?? whole) }],
    );
  } catch {
    return [];
  }
}

async function runProgram(file: string, args: readonly string[]): Promise<string> {
  try {
    // macOS starts apps in the C locale, in which lsof writes non-ASCII letters in hexadecimal.
    const env = { ...process.env, LC_ALL: 'en_US.UTF-8' };
    return (await promisify(execFile)(file, args, { timeout: lookUpMs, windowsHide: true, env })).stdout;
  } catch {
    return '';
  }
}
