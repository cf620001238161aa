import { planRun } from '../core/terraform/runs/run.ts';
import { readProjectOfEither } from './read-project.ts';

// The entry of the utility process that `platform/programs/reader-process.ts` starts; its one argument is the folder.
const [folder = ''] = process.argv.slice(2);

// The app's own says nothing of the terminal in which the project will be worked on.
const { PWD: _own, ...env } = process.env;

// Electron 45 would only warn of a failure that nobody handles, and leave the app waiting for this process.
process.on('unhandledRejection', () => process.exit(1));

void readProjectOfEither({ run: planRun({ args: [], env, cwd: folder }), env }).then((reading) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of a process has no origin
  process.parentPort.postMessage(reading);
});
