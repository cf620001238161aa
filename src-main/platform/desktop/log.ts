import { join } from 'node:path';
import log from 'electron-log/main.js';
import type { AppError } from '../../contract/app-error.ts';
import { makeFilePrivate, makeFolderPrivate } from '../../files/private-modes.ts';

/** Opens `logs/main.log` in the app's own folder, at most 1 MiB and one older file, for this user alone. */
export function openLog(folder: string): void {
  const logs = join(folder, 'logs');
  makeFolderPrivate(logs);
  for (const name of ['main.log', 'main.old.log']) makeFilePrivate(join(logs, name));
  log.transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  log.transports.file.resolvePathFn = () => join(logs, 'main.log');
  log.transports.file.maxSize = 1024 * 1024;
  log.transports.console.level = 'warn';
  log.errorHandler.startCatching({ showDialog: false });
}

/** Logs that something happened. `event` must be text from the code, never a value from outside. */
export function logEvent(event: string): void {
  log.info(event);
}

/** Safe to log, because by contract the params of an `AppError` hold no secret. */
export function logFailure(error: AppError): void {
  log.warn(error.code, error.params);
}

/** Logs where a bug happened, without the error's message, which may hold a value from outside. */
export function logBug(error: unknown): void {
  const { name, stack = '' } = error instanceof Error ? error : new Error('not an Error');
  log.error(
    name,
    ...stack
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 5),
  );
}
