import { join } from 'node:path';
import { removeLeftKeys } from '../aws/files/left-files.ts';
import type { AwsFiles } from '../aws/files/environment.ts';
import { removeLeftLimits } from '../broker/sessions/left-limits.ts';
import type { SettingsFile } from '../platform/desktop/settings.ts';
import { removeLeftFifos } from '../platform/programs/run-fifo.ts';
import { removeLeftHandOvers } from '../platform/terminals/left-hand-overs.ts';
import type { TerminalWorld } from '../platform/terminals/terminal-world.ts';
import { runsFolder } from './broker-world.ts';

type Parts = { readonly machine: TerminalWorld; readonly files: AwsFiles; readonly dataFolder: string; readonly settings: SettingsFile };

/** Removes what an app left behind that was killed. Before any program is handed anything, and after the terminals of before were found. */
export async function removeLeftovers({ machine, files, dataFolder, settings }: Parts): Promise<void> {
  const { timeOrigin: startedAt } = performance;
  await Promise.all([
    removeLeftFifos(runsFolder(dataFolder)),
    removeLeftHandOvers({ ...machine, startedAt, now: Date.now() }),
    removeLeftKeys(files),
    removeLeftLimits({ limits: join(dataFolder, 'limits'), terminals: join(dataFolder, 'terminals'), now: Date.now() }),
    settings.removeLeft(startedAt),
  ]);
}
