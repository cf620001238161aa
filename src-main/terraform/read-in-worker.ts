import { Worker } from 'node:worker_threads';
import type { Result } from '../contract/app-error.ts';
import type { ProjectReading } from '../contract/terraform-project.ts';
import { appError, failed } from '../core/errors.ts';

/** How long a project may take to be read, in milliseconds. */
const readMs = 30_000;

/**
 * Reads the project in a folder as `terraform plan` there would, in a thread of its own: the parser
 * takes 100 MB, which go with the thread. `entry` is the file of the bundled `reader.ts`. Fails as
 * `readProject` does.
 */
export async function readInWorker(entry: string, folder: string): Promise<Result<ProjectReading>> {
  const worker = new Worker(entry, { workerData: { folder } });
  try {
    return await new Promise((resolve) => {
      const giveUp = (): void => resolve(failed(appError('project-too-large', { folder })));
      const limit = setTimeout(giveUp, readMs);
      worker.on('message', (reading: Result<ProjectReading>) => resolve(reading));
      worker.on('error', giveUp);
      worker.on('exit', () => clearTimeout(limit));
    });
  } finally {
    await worker.terminate();
  }
}
