import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { awsFiles } from '../aws/files/environment.ts';
import type { BrokerWorld } from '../broker/world.ts';
import type { View } from '../contract/ipc.ts';
import { late, lateOnce } from '../core/calls/late.ts';
import { returnPage } from '../core/texts/session-texts.ts';
import { logBug } from '../platform/desktop/log.ts';
import { commandLine } from '../platform/programs/command-line.ts';
import type { LaunchOptions } from '../platform/programs/launch-options.ts';
import { watchRun, watchTerminal } from '../platform/programs/run-fifo.ts';
import { unofficialRuntime } from '../platform/programs/runtime-origin.ts';
import type { TerminalWorld } from '../platform/terminals/terminal-world.ts';
import type { AppWindows } from '../platform/windows/windows.ts';

type Parts = Pick<BrokerWorld, 'settings' | 'cipher' | 'targets' | 'texts' | 'now'> & {
  readonly options: LaunchOptions;
  readonly machine: TerminalWorld;
  /** What brings the window of a view to the front. */
  readonly raise: (view: View) => () => void;
  readonly windows: Pick<AppWindows, 'onScreen'>;
  /** The bundle of `terraform/reader-entry.ts`. */
  readonly reader: string;
};

const openBrowserReturn = late(async () => (await import('../platform/programs/browser-return.ts')).openBrowserReturn);
const callingProgram = late(async () => (await import('../platform/programs/calling-program.ts')).callingProgram);
const connectedProcesses = late(async () => (await import('../platform/programs/socket-peer.ts')).connectedProcesses);
const descendsFrom = late(async () => (await import('../platform/programs/socket-peer.ts')).descendsFrom);
const executableOf = late(async () => (await import('../platform/programs/executable.ts')).executableOf);
const readProjectApart = late(async () => (await import('../platform/programs/reader-process.ts')).readProjectApart);

/** Where the FIFOs are by which runs and terminals are watched. */
export function runsFolder(dataFolder: string): string {
  return join(dataFolder, 'terminals', 'runs');
}

/** The machine and the user that the app runs for, as the broker sees them. */
export function brokerWorld({ options: { env, userDataDir, appImage }, machine, reader, raise, windows, ...parts }: Parts): BrokerWorld {
  const { platform, resourcesPath } = process;
  const dataFolder = app.getPath('userData');
  const runs = runsFolder(dataFolder);
  const userCommands = lateOnce(async () => new (await import('../platform/user-commands/user-commands.ts')).UserCommands({ ...machine, now: Date.now }));
  return {
    ...parts,
    promptWindow: { raise: raise('mfa'), onScreen: () => windows.onScreen('mfa') },
    raiseQuestion: raise('question'),
    raiseSignIn: raise('sign-in'),
    openBrowserReturn: (language) => openBrowserReturn(() => returnPage(parts.texts[language], language)),
    awsFiles: (chosen) => awsFiles(env, chosen),
    dataFolder,
    home: homedir(),
    platform: platform === 'darwin' || platform === 'win32' ? platform : 'linux',
    unofficialRuntime: unofficialRuntime({ appPath: app.getAppPath(), isPackaged: app.isPackaged, version: process.versions.electron }),
    versions: { app: app.getVersion(), electron: process.versions.electron },
    env,
    systemLanguages: app.getPreferredSystemLanguages(),
    commandLine: commandLine({ packaged: app.isPackaged, appPath: app.getAppPath(), resourcesPath, platform, appImage, userDataDir }),
    callingProgram,
    connectedProcesses: (inode) => connectedProcesses(inode),
    descendsFrom: (pid, ancestor) => descendsFrom(pid, ancestor),
    executableOf,
    readProject: (folder) => readProjectApart(reader, folder),
    runCommand: async (...command) => (await userCommands()).run(...command),
    onBug: logBug,
    watchRun: (onEnd) => watchRun(runs, machine, onEnd),
    watchTerminal: (known, onEnd) => watchTerminal(runs, known, machine, onEnd),
  };
}
