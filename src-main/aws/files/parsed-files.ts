import { randomUUID } from 'node:crypto';
import { externalDataInterceptor, loadSharedConfigFiles } from '@smithy/core/config';
import type { AwsFiles } from './environment.ts';
import { readAwsFile } from './read-aws-file.ts';

/** What both files say, as the SDK's own parser reads it. */
export type ParsedFiles = Awaited<ReturnType<typeof loadSharedConfigFiles>>;

/** Both files as they are now, with the secrets of the profile `keyOf` alone. A file that cannot be read counts as empty. */
export async function parsedFiles({ config, credentials }: AwsFiles, keyOf: string | null): Promise<ParsedFiles> {
  const text = async (kind: keyof AwsFiles, path: string) => (await readAwsFile(kind, path, keyOf).catch(() => null))?.text ?? '';
  const [configText, credentialsText] = await Promise.all([text('config', config), text('credentials', credentials)]);
  return parsed({ config: configText, credentials: credentialsText });
}

/**
 * The parser takes files alone, and keeps the text of each that it reads, secrets too, for as long as the app
 * runs. So it gets these texts as files that are not there, and they are taken away from it again.
 */
export async function parsed(texts: { readonly config: string; readonly credentials: string }): Promise<ParsedFiles> {
  const [configFilepath, filepath] = [`config ${randomUUID()}`, `credentials ${randomUUID()}`];
  externalDataInterceptor.interceptFile(configFilepath, texts.config);
  externalDataInterceptor.interceptFile(filepath, texts.credentials);
  try {
    return await loadSharedConfigFiles({ filepath, configFilepath, ignoreCache: true });
  } finally {
    const record = externalDataInterceptor.getFileRecord();
    delete record[configFilepath];
    delete record[filepath];
  }
}
