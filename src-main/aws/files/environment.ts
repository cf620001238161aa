import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where the AWS files of this user are, as the AWS CLI finds them. */
export type AwsFiles = { readonly config: string; readonly credentials: string };

const variables = { config: 'AWS_CONFIG_FILE', credentials: 'AWS_SHARED_CREDENTIALS_FILE' } as const;

/** The files that the user chose; null for the usual place. */
export type ChosenFiles = { readonly config: string | null; readonly credentials: string | null };

/**
 * `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`, else what was chosen, else the two files in
 * `~/.aws` (AWS CLI user guide). The result calls `chosen` at each read, so its paths never go stale.
 */
export function awsFiles(env: NodeJS.ProcessEnv, chosen: () => ChosenFiles): AwsFiles {
  const present = (file: keyof AwsFiles) => fullPath(env[variables[file]] ?? chosen()[file] ?? `~/.aws/${file}`, env);
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
  return env[variables[file]] === undefined ? null : variables[file];
}

function fullPath(path: string, env: NodeJS.ProcessEnv): string {
  const home = env['HOME'] ?? env['USERPROFILE'] ?? homedir();
  return path.startsWith('~/') ? join(home, path.slice(2)) : resolve(path);
}
