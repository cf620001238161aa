import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where the AWS files of this user are, as the AWS CLI finds them. */
export type AwsFiles = { readonly config: string; readonly credentials: string };

/** `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`, else the two files in `~/.aws` (AWS CLI user guide). */
export function awsFiles(env: NodeJS.ProcessEnv): AwsFiles {
  return {
    config: fullPath(env['AWS_CONFIG_FILE'] ?? '~/.aws/config', env),
    credentials: fullPath(env['AWS_SHARED_CREDENTIALS_FILE'] ?? '~/.aws/credentials', env),
  };
}

function fullPath(path: string, env: NodeJS.ProcessEnv): string {
  const home = env['HOME'] ?? env['USERPROFILE'] ?? homedir();
  return path.startsWith('~/') ? join(home, path.slice(2)) : resolve(path);
}
