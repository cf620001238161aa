import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { awsFileVariables, expandedPath, usualPlace } from '../../core/aws-files/aws-file-place.ts';

/** Where the AWS files of this user are, as the AWS CLI finds them. */
export type AwsFiles = { readonly config: string; readonly credentials: string };

/** The files that the user chose; null for the usual place. */
export type ChosenFiles = { readonly config: string | null; readonly credentials: string | null };

/**
 * `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`, else what was chosen, else the two files in
 * `~/.aws` (AWS CLI user guide). The result calls `chosen` at each read, so its paths never go stale.
 */
export function awsFiles(env: NodeJS.ProcessEnv, chosen: () => ChosenFiles): AwsFiles {
  const present = (file: keyof AwsFiles): string => {
    const named = env[awsFileVariables[file]];
    // A path that was chosen in a dialog is one already.
    return named === undefined ? (chosen()[file] ?? fullPath(usualPlace(file), env)) : fullPath(named, env);
  };
  return {
    get config() {
      return present('config');
    },
    get credentials() {
      return present('credentials');
    },
  };
}

/** The variable that decides where a file is, whatever the user chooses; null when none does. */
export function fixedByEnvironment(env: NodeJS.ProcessEnv, file: keyof AwsFiles): string | null {
  return env[awsFileVariables[file]] === undefined ? null : awsFileVariables[file];
}

function fullPath(path: string, env: NodeJS.ProcessEnv): string {
  return resolve(expandedPath(path, env, env['HOME'] ?? env['USERPROFILE'] ?? homedir()));
}
