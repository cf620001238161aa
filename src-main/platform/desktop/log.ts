import { join } from 'node:path';
import log from 'electron-log/main.js';
import type { AppError } from '../../contract/app-error.ts';

/** Opens `logs/main.log` in the app's own folder, at most 1 MiB and one older file. */
export function openLog(folder: string): void {
  log.transports.file.resolvePathFn = () => join(folder, 'logs', 'main.log');
  log.transports.file.maxSize = 1024 * 1024;
  log.transports.console.level = 'warn';
  log.errorHandler.startCatching({ showDialog: false });
}

/** Says that something happened, in words of the code only: never a value that came from outside. */
export function logEvent(event: string): void {
  log.info(event);
}

/** Params of an `AppError` hold no secret by its contract. */
export function logFailure(error: AppError): void {
  log.warn(error.code, error.params);
}

/** A bug: where it happened, without the error's message, which may hold a value that came from outside. */
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
