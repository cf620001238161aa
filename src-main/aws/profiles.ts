import { readFile } from 'node:fs/promises';
import { loadSharedConfigFiles } from '@smithy/core/config';
import type { AppError, Result } from '../contract/app-error.ts';
import { appError, failed, succeeded } from '../core/errors.ts';
import { lintAwsFile } from './config-lint.ts';
import type { AwsFiles } from './environment.ts';

/** A user profile as the files have it, without its keys. */
export type UserProfile = {
  readonly name: string;
  readonly region: string | null;
  readonly mfaSerial: string | null;
};

/** The long-term key of an IAM user. Read for one call and then let go. */
export type AccessKey = { readonly accessKeyId: string; readonly secretAccessKey: string };

export type AwsConfig = { readonly profiles: readonly UserProfile[]; readonly problems: readonly AppError[] };

/**
 * Reads both AWS files with the SDK's own parser. Whatever is wrong with a part becomes a problem
 * and the rest is loaded all the same.
 */
export async function loadAwsConfig(files: AwsFiles): Promise<AwsConfig> {
  const [credentials, config, entries] = await Promise.all([
    inspect('credentials', files.credentials),
    inspect('config', files.config),
    loadEntries(files),
  ]);
  const problems = [...credentials.problems, ...config.problems, ...entries.flatMap(keyProblems)];
  const profiles = entries.filter(hasAccessKey).map(userProfile);
  if (profiles.length > 0 || problems.length > 0) return { profiles, problems };
  return { profiles, problems: [nothingFound(files, credentials.content, config.content)] };
}

/** The access key of a profile as the files have it now. */
export async function readAccessKey(files: AwsFiles, profile: string): Promise<Result<AccessKey>> {
  const entry = (await loadEntries(files)).find(({ name }) => name === profile);
  const accessKeyId = entry?.values['aws_access_key_id'];
  const secretAccessKey = entry?.values['aws_secret_access_key'];
  if (!accessKeyId || !secretAccessKey) return failed(appError('access-key-gone', { profile }));
  return succeeded({ accessKeyId, secretAccessKey });
}

type Entry = { readonly name: string; readonly values: Readonly<Record<string, string | undefined>> };

/** Every profile of either file, credentials first, which also win over the config file. */
async function loadEntries(files: AwsFiles): Promise<readonly Entry[]> {
  const { credentialsFile, configFile } = await loadSharedConfigFiles({
    filepath: files.credentials,
    configFilepath: files.config,
    ignoreCache: true,
  });
  const names = new Set([...Object.keys(credentialsFile), ...Object.keys(configFile)]);
  return [...names].map((name) => ({ name, values: { ...configFile[name], ...credentialsFile[name] } }));
}

function hasAccessKey({ values }: Entry): boolean {
  // A token marks temporary credentials, from which AWS makes no session.
  return Boolean(values['aws_access_key_id'] && values['aws_secret_access_key'] && !values['aws_session_token']);
}

function userProfile({ name, values }: Entry): UserProfile {
  return { name, region: values['region'] ?? null, mfaSerial: values['mfa_serial'] ?? null };
}

function keyProblems({ name: profile, values }: Entry): readonly AppError[] {
  const hasId = Boolean(values['aws_access_key_id']);
  const hasSecret = Boolean(values['aws_secret_access_key']);
  if (hasId === hasSecret) return [];
  return [appError(hasId ? 'config-key-without-secret' : 'config-secret-without-key', { profile })];
}

type Content = 'missing' | 'empty' | 'filled' | 'unreadable';

async function inspect(
  kind: 'config' | 'credentials',
  file: string,
): Promise<{ readonly content: Content; readonly problems: readonly AppError[] }> {
  try {
    const text = await readFile(file, 'utf8');
    return { content: text.trim() === '' ? 'empty' : 'filled', problems: lintAwsFile(kind, file, text) };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    if (reason === 'ENOENT' || reason === 'ENOTDIR') return { content: 'missing', problems: [] };
    return { content: 'unreadable', problems: [appError('config-unreadable', { file, reason })] };
  }
}

function nothingFound(files: AwsFiles, credentials: Content, config: Content): AppError {
  if (credentials === 'missing' && config === 'missing') return appError('config-none', { file: files.credentials });
  if (credentials === 'empty') return appError('config-empty', { file: files.credentials });
  return appError('config-no-access-key', { file: credentials === 'missing' ? files.config : files.credentials });
}
