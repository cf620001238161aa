import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quotePosix } from '../../src-main/core/hand-offs/exports.ts';
import { checkout } from './running-app.ts';

type Home = { readonly home: string; readonly dataFolder: string; readonly env: Readonly<Record<string, string>> };

/**
 * For a terminal that the app did not open: writes `sts-tray`, which leads to the app that has the data folder, and
 * `environment.sh`, which brings a shell the environment and that command. Returns the folder of the first, and the second.
 */
export async function writeCommands({ home, dataFolder, env }: Home): Promise<{ readonly folder: string; readonly environment: string }> {
  const [folder, environment] = [join(home, 'bin'), join(home, 'environment.sh')];
  await mkdir(folder);
  const launcher = [join(checkout, 'bin', 'sts-tray'), `--user-data-dir=${dataFolder}`].map(quotePosix).join(' ');
  await writeFile(join(folder, 'sts-tray'), `#!/bin/sh\nexec ${launcher} "$@"\n`, { mode: 0o755 });
  const variables = Object.entries(env).map(([name, value]) => `export ${name}=${quotePosix(value)}\n`);
  await writeFile(environment, `${variables.join('')}PATH=${quotePosix(folder)}:$PATH\n`);
  return { folder, environment };
}
