import { homedir } from 'node:os';
import { isatty } from 'node:tty';
import { workerData } from 'node:worker_threads';
import { namesNoShellHolds } from './process/calling-shell.ts';
import { exitCodes, stepsWord } from './process/cli-world.ts';
import { runCommandLine } from './run-command-line.ts';
import { readInputLine, writeFully } from './process/stdio.ts';
import { terminalText } from './texts/terminal-text.ts';
import { ended, reports, running, type CliWorkerData } from './process/run-in-worker.ts';

// The entry of the worker that src-main/main.ts starts. The main thread sleeps meanwhile, so all that goes
// through it (process.stdout, process.on of signals) is out of reach.
const { report, version, dataFolder, app } = workerData as CliWorkerData;

function end(exitCode: number): void {
  Atomics.store(report, reports.exitCode, exitCode);
  Atomics.store(report, reports.state, ended);
  Atomics.notify(report, reports.state);
  // Sleep until the process is gone. A worker that cleaned up meanwhile would find libuv already shut down,
  // which aborts the process if the worker has started another process before.
  Atomics.wait(report, reports.state, ended);
}

function crash(error: unknown): void {
  writeFully(2, terminalText(`sts-tray: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`));
  end(exitCodes.failed);
}

process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
Atomics.store(report, reports.state, running);
Atomics.notify(report, reports.state);

/** With the variables whose names the launcher's shell cannot hold: it has them itself, and the command that it becomes gets them back. */
function environment(): NodeJS.ProcessEnv {
  if (process.argv[2] !== stepsWord || process.platform !== 'linux') return process.env;
  return { ...namesNoShellHolds(process.ppid), ...process.env };
}

runCommandLine({
  args: process.argv.slice(2),
  env: environment(),
  platform: process.platform,
  homedir: homedir(),
  runtimeFolder: process.platform === 'linux' && process.getuid !== undefined ? `/run/user/${process.getuid()}` : null,
  cwd: process.cwd(),
  parentPid: process.ppid,
  version,
  dataFolder,
  app,
  print: (text) => writeFully(1, text),
  printError: (text) => writeFully(2, text),
  isTerminal: { stdout: isatty(1), stderr: isatty(2) },
  interactive: isatty(0) && isatty(2),
  readLine: readInputLine,
  host: null,
}).then(end, crash);
