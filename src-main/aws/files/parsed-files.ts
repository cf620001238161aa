import { entriesOf } from '../../core/aws-files/aws-file-sections.ts';
import { readAwsFileText } from '../../core/aws-files/aws-file-text.ts';
import type { ConfigEntry } from '../../core/profiles/config-entry.ts';
import type { AwsFiles } from './environment.ts';
import { readAwsFile } from './read-aws-file.ts';

type Entries = ReturnType<typeof entriesOf>;

/** What both files say, as the AWS CLI reads them. */
export type ParsedFiles = { readonly configFile: Entries; readonly credentialsFile: Entries };

/** Both files as they are now, with the secrets of the profile `keyOf` alone. A file that cannot be read counts as empty. */
export async function parsedFiles({ config, credentials }: AwsFiles, keyOf: string | null): Promise<ParsedFiles> {
  const entries = async (kind: keyof AwsFiles, path: string) => {
    const read = await readAwsFile(kind, path, keyOf).catch(() => null);
    return entriesOf(readAwsFileText(read?.text ?? ''), kind);
  };
  const [configFile, credentialsFile] = await Promise.all([entries('config', config), entries('credentials', credentials)]);
  return { configFile, credentialsFile };
}

/** A profile as both files together define it; the credentials file wins, as in every AWS tool. */
export function entryOf({ configFile, credentialsFile }: ParsedFiles, name: string): ConfigEntry {
  const [config, credentials] = [configFile[name], credentialsFile[name]];
  // Where one file alone has it, nothing needs to be put together: with thousands of profiles that is nearly all of them.
  if (config === undefined || credentials === undefined) return { name, values: config ?? credentials ?? {} };
  return { name, values: { ...config, ...credentials } };
}

/** The file in which a setting of a profile stands that counts. */
export function fileSaying(setting: string, profile: string, { credentialsFile }: ParsedFiles, files: AwsFiles): string {
  return credentialsFile[profile]?.[setting] ? files.credentials : files.config;
}
