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
  const present = (file: keyof AwsFiles): string => {
    const named = env[variables[file]];
    // A path that was chosen in a dialog is one already.
    return named === undefined ? (chosen()[file] ?? fullPath(`~/.aws/${file}`, env)) : fullPath(named, env);
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
  return env[variables[file]] === undefined ? null : variables[file];
}

/** Variables and `~` stand for what botocore takes them for (`configloader.py`, `raw_config_parse`). */
function fullPath(path: string, env: NodeJS.ProcessEnv): string {
  const home = env['HOME'] ?? env['USERPROFILE'] ?? homedir();
  // One that is not set stays as it is.
  const expanded = path.replaceAll(/\$(?:(\w+)|\{([^}]*)\})/g, (written, plain?: string, braced?: string) => env[plain ?? braced ?? ''] ?? written);
  return expanded === '~' || expanded.startsWith('~/') ? join(home, expanded.slice(1)) : resolve(expanded);
}
