import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../../../testing/processes/eventually.ts';
import { callingProgram, parseLsof, parseProc, parsePs, parseWindowsProcesses, processesOf } from './calling-program.ts';

describe.runIf(process.platform === 'linux')('on Linux, the program that asks', () => {
  let folder: string;
  let children: ChildProcess[];

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'calling-')));
    await mkdir(join(folder, 'infra é'));
    children = [];
  });
  afterEach(async () => {
    // Each one leads a process group, so that its own children end with it.
    for (const { pid } of children) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    await rm(folder, { recursive: true });
  });

  const asleep = 'require("fs").writeFileSync(process.argv.at(-1), String(process.pid)); setInterval(() => {}, 1000);';

  function start(file: string, args: readonly string[], options: { uid?: number } = {}): ChildProcess {
    const child = spawn(file, args, { cwd: join(folder, 'infra é'), detached: true, stdio: 'ignore', ...options });
    children.push(child);
    return child;
  }

  /** The process ID that the program at the end of a chain wrote when it was running. */
  const written = (name: string) =>
    eventually(async () => {
      const pid = Number(await readFile(join(folder, name), 'utf8'));
      expect(pid).toBeGreaterThan(0);
      return pid;
    });

  it('on Linux, the program that asks is the one that was named, with its folder', async () => {
    await writeFile(join(folder, 'deploy.cjs'), asleep);
    const { pid } = start(process.execPath, [join(folder, 'deploy.cjs'), '--token', 'secret', join(folder, 'pid')]);
    await written('pid');
    expect(await callingProgram(pid ?? 0)).toEqual({ pid, command: 'node deploy.cjs', folder: join(folder, 'infra é') });
  });

  it('on Linux, the program that asks is the script that started a shell with a command line', async () => {
    await writeFile(join(folder, 'asks.cjs'), asleep);
    const inner = `sh -c 'bash -c "${process.execPath} ${folder}/asks.cjs ${folder}/pid; true"; true'`;
    await writeFile(
      join(folder, 'release'),
      `#!/usr/bin/env node\nrequire('child_process').spawnSync(${JSON.stringify(inner)}, { shell: true, stdio: 'inherit' });\n`,
    );
    await chmod(join(folder, 'release'), 0o755);
    const release = start(join(folder, 'release'), ['prod', 'secret']);
    const asking = await written('pid');
    const stat = await readFile(`/proc/${asking}/stat`, 'utf8');
    const shell = parseProc(asking, stat, '')?.parentPid ?? 0;
    expect((await processesOf('linux').find(shell))?.argv[0]).toBe('bash');
    expect(await callingProgram(shell)).toEqual({ pid: release.pid, command: 'release prod', folder: join(folder, 'infra é') });
  });

  it('on Linux, the program that asks is terraform for its providers', async () => {
    await mkdir(join(folder, 'bin'));
    const provider = join(folder, 'bin', 'terraform-provider-aws_v5');
    await copyFile('/bin/sleep', provider);
    await copyFile(await realpath(process.execPath), join(folder, 'bin', 'terraform'));
    await writeFile(
      join(folder, 'infra é', 'plan'),
      `const child = require('child_process').spawn(${JSON.stringify(provider)}, ['60']); require('fs').writeFileSync(${JSON.stringify(join(folder, 'pid'))}, String(child.pid)); setInterval(() => {}, 1000);`,
    );
    const terraform = start(join(folder, 'bin', 'terraform'), ['plan']);
    expect(await callingProgram(await written('pid'))).toEqual({ pid: terraform.pid, command: 'terraform plan', folder: join(folder, 'infra é') });
  });

  it('on Linux, the program that asks is nobody when the process has ended, or belongs to another user', async () => {
    const ended = start('true', []);
    await once(ended, 'exit');
    children = [];
    expect(await callingProgram(ended.pid ?? 0)).toBeNull();
    if (process.getuid?.() !== 0) return;
    await chmod(folder, 0o755);
    const foreign = start('sleep', ['60'], { uid: 65_534 });
    await once(foreign, 'spawn');
    expect(await callingProgram(foreign.pid ?? 0)).toBeNull();
  });

  it('on Linux, the program that asks can have any name', () => {
    expect(parseProc(7, '7 (a) S 1 (b)) S 42 7 7 0', 'a\0\0b\0')).toEqual({ pid: 7, parentPid: 42, argv: ['a', '', 'b'], name: 'a) S 1 (b)' });
    expect(parseProc(7, '7 (gone) Z 1 7', '')).toEqual({ pid: 7, parentPid: 1, argv: ['gone'], name: 'gone' });
  });
});

describe('on macOS, the program that asks', () => {
  it('on macOS, the program that asks is read from ps and lsof', async () => {
    const uid = process.getuid?.() ?? 0;
    const table: Record<string, string> = {
      30: ` 20   ${uid} sh -c /Applications/STS Tray.app/Contents/MacOS/STS Tray credential-process x\n`,
      20: ` 10   ${uid} .terraform/providers/terraform-provider-aws_v5.100.0_x5\n`,
      10: `  9   ${uid} /opt/homebrew/bin/terraform -chdir=prod plan\n`,
    };
    const asked: string[] = [];
    const run = async (file: string, args: readonly string[]) => {
      asked.push([file, ...args.slice(0, -1)].join(' '));
      return file === '/usr/sbin/lsof' ? `p${args.at(-1)}\nfcwd\nn/Users/alice/infra é\n` : (table[args.at(-1) ?? ''] ?? '');
    };
    const program = await callingProgram(30, processesOf('darwin', run));
    expect(program).toEqual({ pid: 10, command: 'terraform plan', folder: '/Users/alice/infra é' });
    expect(new Set(asked)).toEqual(new Set(['/bin/ps -ww -o ppid=,uid=,command= -p', '/usr/sbin/lsof -a -d cwd -Fn -p']));
  });

  it("on macOS, the program that asks has a bundle's name with its spaces, and is nobody when it is another user's or gone", () => {
    expect(parsePs(5, '  1   501 /Applications/STS Tray.app/Contents/MacOS/STS Tray exec x\n', 501)).toEqual({
      pid: 5,
      parentPid: 1,
      argv: ['STS Tray', 'exec', 'x'],
    });
    expect(parsePs(5, '  1     0 /sbin/launchd\n', 501)).toBeNull();
    expect(parsePs(5, '', 501)).toBeNull();
    expect(parseLsof('')).toBeNull();
  });

  it('on macOS, the program that asks is the shell itself when only the system is above it', async () => {
    const uid = process.getuid?.() ?? 0;
    const run = async (_: string, args: readonly string[]) => (args.at(-1) === '8' ? `1 ${uid} zsh -c x` : `0 ${uid} /sbin/launchd`);
    expect(await callingProgram(8, processesOf('darwin', run))).toMatchObject({ pid: 8, command: 'zsh' });
  });
});

describe('on Windows, the program that asks', () => {
  it('on Windows, the program that asks is read by one PowerShell for all parents, without a folder', async () => {
    const entries = [
      { ProcessId: 30, ParentProcessId: 20, CommandLine: 'C:\\Windows\\system32\\cmd.exe /C "sts-tray credential-process x"' },
      { ProcessId: 20, ParentProcessId: 10, CommandLine: '"C:\\work\\.terraform\\providers\\terraform-provider-aws_v5.exe"' },
      { ProcessId: 10, ParentProcessId: 4, CommandLine: '"C:\\Program Files\\terraform.exe"  plan -out=x' },
    ];
    const run = vi.fn<() => Promise<string>>(async () => JSON.stringify(entries));
    expect(await callingProgram(30, processesOf('win32', run))).toEqual({ pid: 10, command: 'terraform plan', folder: null });
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('on Windows, the program that asks is nobody when PowerShell fails or the command line is hidden', () => {
    expect(parseWindowsProcesses('')).toEqual([]);
    expect(parseWindowsProcesses('[{"ProcessId":4,"ParentProcessId":0,"CommandLine":null}]')).toEqual([]);
    expect(parseWindowsProcesses('[]')).toEqual([]);
  });
});
