import type { AwsFileKind } from './aws-file-sections.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The variables that say where the AWS files are (AWS SDKs and Tools reference guide). */
export const awsFileVariables: Readonly<Record<AwsFileKind, string>> = { config: 'AWS_CONFIG_FILE', credentials: 'AWS_SHARED_CREDENTIALS_FILE' };

/** Where an AWS file is without its variable. */
export const usualPlace = (file: AwsFileKind): string => `~/.aws/${file}`;

/** A path with its variables and its `~` put in, as botocore does it (`configloader.py`, `raw_config_parse`). */
export function expandedPath(path: string, env: Env, home: string): string {
  // A variable that is not set stays as it is.
  const expanded = path.replaceAll(/\$(?:(\w+)|\{([^}]*)\})/g, (written, plain?: string, braced?: string) => env[plain ?? braced ?? ''] ?? written);
  return expanded === '~' || expanded.startsWith('~/') ? `${home}${expanded.slice(1)}` : expanded;
}
