import { parentPort, workerData } from 'node:worker_threads';
import { planRun } from '../core/terraform/run.ts';
import { readProject } from './read-project.ts';

// The entry of the worker of `read-in-worker.ts`.
const { folder } = workerData as { readonly folder: string };

void readProject({ run: planRun({ args: [], env: process.env, cwd: folder }), env: process.env }).then((reading) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of a worker has no origin
  parentPort?.postMessage(reading);
});
