import type { spawn } from 'node:child_process';
import { access, constants, lstat, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { cleanSpawn } from './clean-spawn.ts';

/** What opening a terminal needs from the machine. */
export type TerminalWorld = {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly spawn: typeof spawn;
  readonly isExecutable: (path: string) => Promise<boolean>;
  /** Where a hand-off makes its private folder when there is no XDG_RUNTIME_DIR. */
  readonly temporaryFolder: string;
  /** How long a terminal may take until it has the session, in milliseconds. */
  readonly timeLimit: number;
  /** Aborted when the app quits: a hand-off that is still waiting is given up. */
  readonly signal: AbortSignal;
};

/** The machine that the app runs on. */
export function thisMachine(signal: AbortSignal): TerminalWorld {
  return {
    platform: process.platform,
    env: process.env,
    spawn: cleanSpawn,
    isExecutable,
    temporaryFolder: tmpdir(),
    timeLimit: 20_000,
    signal,
  };
}

/** Whether `path` is a program that this process may start. */
export async function isExecutable(path: string): Promise<boolean> {
  try {
    // `wt.exe` is an app execution alias, which only lstat can inspect.
    if (process.platform === 'win32') return !(await lstat(path)).isDirectory();
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
