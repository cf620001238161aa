import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTerminals } from './find-terminals.ts';
import { isExecutable } from './terminal-world.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terminals-'));
  await mkdir(join(folder, 'first'));
  await mkdir(join(folder, 'second'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function install(name: string, mode = 0o755): Promise<void> {
  await writeFile(join(folder, name), '#!/bin/sh\n');
  await chmod(join(folder, name), mode);
}

const ids = async (machine: Parameters<typeof findTerminals>[0]) => (await findTerminals(machine)).map(({ id }) => id);

describe('the terminals of a Linux machine', () => {
  const machine = () => ({
    platform: 'linux' as const,
    env: { PATH: `${folder}/first:relative:${folder}/second:${folder}/none`, DISPLAY: ':1' },
    isExecutable,
  });

  it('the terminals of a Linux machine are the known programs in PATH, the chosen ones before those of a desktop, xterm last', async () => {
    await install('first/xterm');
    await install('second/konsole');
    await install('second/kitty');
    await install('second/x-terminal-emulator');
    expect(await findTerminals(machine())).toEqual([
      { id: 'kitty', label: 'kitty' },
      { id: 'konsole', label: 'Konsole' },
      { id: 'xterm', label: 'xterm' },
    ]);
  });

  it('files without the right to run, and folders, are no terminals of a Linux machine', async () => {
    await install('first/alacritty', 0o644);
    await mkdir(join(folder, 'first', 'wezterm'));
    expect(await ids(machine())).not.toEqual(expect.arrayContaining(['alacritty']));
    expect(await ids(machine())).not.toEqual(expect.arrayContaining(['wezterm']));
  });

  it('the terminals of a Linux machine do not include one whose display server is not there', async () => {
    await install('first/foot');
    expect(await ids(machine())).not.toContain('foot');
    const wayland = await ids({ ...machine(), env: { PATH: join(folder, 'first'), WAYLAND_DISPLAY: 'wayland-0' } });
    expect(wayland).toEqual(['foot']);
  });

  it('there are no terminals on a Linux machine when PATH is missing', async () => {
    expect(await ids({ ...machine(), env: {} })).toEqual([]);
  });
});

describe('the terminals of other systems', () => {
  it('the terminals of other systems are applications at their places on macOS, iTerm2 first', async () => {
    const installed = new Set(['/Applications/iTerm.app/Contents/MacOS/iTerm2', '/System/Applications/Utilities/Terminal.app/Contents/MacOS/Terminal']);
    const machine = { platform: 'darwin' as const, env: {}, isExecutable: async (path: string) => installed.has(path) };
    expect(await ids(machine)).toEqual(['iterm2', 'terminal']);
    installed.delete('/Applications/iTerm.app/Contents/MacOS/iTerm2');
    expect(await ids(machine)).toEqual(['terminal']);
  });

  it('the terminals of other systems are programs in Path on Windows, those that surely get the environment first', async () => {
    const installed = new Set([
      'C:\\Windows\\System32\\cmd.exe',
      'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      'C:\\Users\\alice\\AppData\\Local\\Microsoft\\WindowsApps\\wt.exe',
    ]);
    const machine = {
      platform: 'win32' as const,
      env: {
        Path: 'C:\\Windows\\System32;C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\;C:\\Users\\alice\\AppData\\Local\\Microsoft\\WindowsApps',
      },
      isExecutable: async (path: string) => installed.has(path),
    };
    expect(await ids(machine)).toEqual(['powershell', 'cmd', 'windows-terminal']);
  });
});
