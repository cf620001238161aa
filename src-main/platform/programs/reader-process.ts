import { utilityProcess } from 'electron';
import type { Result } from '../../contract/app-error.ts';
import type { ProjectReading } from '../../contract/terraform-project.ts';
import { appError, failed } from '../../core/errors.ts';
import { processApart } from '../runtime/process-apart.ts';

/** How long reading a project may take, in milliseconds. */
const readMs = 30_000;

/**
 * Reads the project in a folder as `terraform plan` there would. It does so in a process of its own,
 * because the parser takes 100 MB, which are free again when the process ends. A thread would not do:
 * in Electron's main process, the second thread that loads WebAssembly never ends. `entry` is the file
 * of the bundled `terraform/reader-entry.ts`. Fails as `readProject` does.
 */
export function readProjectApart(entry: string, folder: string): Promise<Result<ProjectReading>> {
  const child = processApart(utilityProcess, entry, [folder], 'Terraform project reader');
  return new Promise((resolve) => {
    const end = (reading: Result<ProjectReading>): void => {
      clearTimeout(patience);
      child.kill();
      resolve(reading);
    };
    const giveUp = (): void => end(failed(appError('project-too-large', { folder })));
    const patience = setTimeout(giveUp, readMs);
    child.once('message', (reading: Result<ProjectReading>) => end(reading));
    child.once('exit', giveUp);
  });
}
