import { Worker } from 'node:worker_threads';
import type { AppProgram } from './cli-world.ts';

/** What the two threads share: the worker writes to `report`, at the indices in `reports`. */
export type CliWorkerData = {
  readonly report: Int32Array;
  readonly version: string;
  readonly dataFolder: string;
  readonly app: AppProgram;
};

export const reports = { state: 0, exitCode: 1 } as const;
export const starting = 0;
export const running = 1;
export const ended = 2;

/** How long the worker may take to load, in milliseconds. */
const loadMs = 30_000;

/**
 * Runs the command line in a worker, and sleeps until it has ended; returns its exit code. As long
 * as the main script has not returned, Electron opens neither a display nor its profile folder, so
 * commands work where there is no desktop, and leave no trace.
 */
export function runInWorker(entry: string, argv: readonly string[], given: Omit<CliWorkerData, 'report'>): number {
  const report = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const workerData: CliWorkerData = { ...given, report };
  // The worker is kept alive by its own work; the main thread is blocked and never receives its events.
  void new Worker(entry, { argv: [...argv], workerData });
  if (Atomics.wait(report, reports.state, starting, loadMs) === 'timed-out') return 1;
  Atomics.wait(report, reports.state, running);
  return report[reports.exitCode] ?? 1;
}
