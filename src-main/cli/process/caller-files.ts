import { resolve } from 'node:path';
import type { CallerFiles } from '../../contract/local-api.ts';
import { awsFileVariables, expandedPath, usualPlace } from '../../core/aws-files/aws-file-place.ts';
import { appEnvironment } from '../../core/relay/app-environment.ts';
import type { CliWorld } from './cli-world.ts';

/** Where the AWS files are for the user of this command line: those of the shell, in a terminal of the app too. */
export function callerFiles({ env: given, homedir, cwd }: Pick<CliWorld, 'env' | 'homedir' | 'cwd'>): CallerFiles {
  const env = appEnvironment(given);
  const place = (file: keyof CallerFiles) => {
    const named = env[awsFileVariables[file]];
    return { path: resolve(cwd, expandedPath(named ?? usualPlace(file), env, env['HOME'] ?? homedir)), isNamed: named !== undefined };
  };
  return { config: place('config'), credentials: place('credentials') };
}
