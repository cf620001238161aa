import { statSync } from 'node:fs';
import { join } from 'node:path';
import log from 'electron-log/node.js';
import type { AppError } from '../../contract/app-error.ts';
import { bugEvent } from '../../core/log/bug-event.ts';
import { failureEvent } from '../../core/log/failure-event.ts';
import type { LogEvent } from '../../core/log/log-events.ts';
import { endOfLastRun, isLogLine, logLine } from '../../core/log/log-line.ts';
import { RepeatedAnswers } from '../../core/log/repeated-answers.ts';
import { thisPerson } from '../../files/this-computer.ts';
import { logBytesMax, logFiles, logFolder, readLogExcerpt } from '../../files/log-excerpt.ts';
import { makeFilePrivate, makeFolderPrivate } from '../../files/private-modes.ts';
import { readRegularFileAtOnce } from '../../files/read-file.ts';
import { setAside } from '../../files/set-aside.ts';

/**
 * Opens `logs/main.log` in the app's own folder: at most 1 MiB and one older file, for this user alone. Where nothing can
 * be written there the app works without a log.
 */
export function openLog(dataFolder: string): void {
  const folder = logFolder(dataFolder);
  try {
    makeFolderPrivate(folder);
  } catch {
    // electron-log finds that out as well, and drops what it gets.
  }
  for (const name of logFiles) {
    setAsideUnlessFile(join(folder, name));
    makeFilePrivate(join(folder, name));
  }
  const { console: terminal, file } = log.transports;
  // It would look for a name in a package.json, and throw where it finds none.
  file.setAppName('sts-tray');
  file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  file.resolvePathFn = () => join(folder, 'main.log');
  file.maxSize = logBytesMax;
  file.format = terminal.format = '{text}';
  terminal.level = 'warn';
  // Else the library would complain there of each line that it cannot write, for as long as a disk is full.
  terminal.writeFn = ({ message }) => {
    const text = message.data.join(' ');
    if (isLogLine(text)) console.warn(text);
  };
  // The message of an error may hold anything, so the library is not to write it.
  log.errorHandler.startCatching({
    showDialog: false,
    onError: ({ error }) => {
      logBug(error);
      return false;
    },
  });
}

/** How the run before this one ended, as far as the log tells. To be asked before this one is logged. */
export function endOfRunBefore(dataFolder: string): ReturnType<typeof endOfLastRun> {
  try {
    return endOfLastRun(readRegularFileAtOnce(join(logFolder(dataFolder), 'main.log'), 2 * logBytesMax).toString('utf8'));
  } catch {
    // There is no log, or none that can be read.
    return null;
  }
}

/** Of the one log that the library has in a process. */
const answers = new RepeatedAnswers();

/** A FIFO in its place would keep the whole app waiting for a reader. */
function setAsideUnlessFile(path: string): void {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) setAside(path);
  } catch {
    // Then nothing can be written there either.
  }
}

/** Logs that something happened. */
export function logEvent(event: LogEvent): void {
  for (const each of answers.next(event)) write(each);
}

export function logFailure(error: AppError): void {
  endRepeats();
  log.warn(logLine(Date.now(), failureEvent(error)));
}

/** Logs where a bug happened, without the error's message. */
export function logBug(error: unknown): void {
  endRepeats();
  log.error(logLine(Date.now(), bugEvent(error, thisPerson())));
}

/** The last lines of the log, the oldest first. */
export const readLog: typeof readLogExcerpt = (...args) => {
  endRepeats();
  return readLogExcerpt(...args);
};

function endRepeats(): void {
  for (const each of answers.end()) write(each);
}

function write(event: LogEvent): void {
  log.info(logLine(Date.now(), event));
}
