import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalAws } from '../local-aws.ts';

export type AwsFilePaths = { readonly config: string; readonly credentials: string };

export function awsFilesIn(home: string): AwsFilePaths {
  return { config: join(home, '.aws', 'config'), credentials: join(home, '.aws', 'credentials') };
}

/** Leaves alice's access key in a home folder as `aws configure` does; `config` is added to the profile's section. */
export async function awsConfigure(
  home: string,
  { alice, region }: LocalAws,
  { profile = 'default', config = '', secret = alice.secretAccessKey } = {},
): Promise<void> {
  const files = awsFilesIn(home);
  const section = profile === 'default' ? profile : `profile ${profile}`;
  const key = `aws_access_key_id = ${alice.accessKeyId}\naws_secret_access_key = ${secret}\n`;
  await mkdir(join(home, '.aws'), { recursive: true });
  await writeFile(files.credentials, `[${profile}]\n${key}`, { mode: 0o600 });
  await writeFile(files.config, `[${section}]\nregion = ${region}\n${config}`, { mode: 0o600 });
}
