import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { shell } from 'electron';

type Place = { readonly platform: NodeJS.Platform; readonly env: NodeJS.ProcessEnv };

/** Opens an address in the user's browser. Rejects when there is none; Electron does not notice that on Linux. */
export async function openInBrowser(address: string, { platform, env }: Place): Promise<void> {
  if (platform === 'linux' && !(await hasProgram('xdg-open', env))) throw new Error('xdg-open is not installed');
  await shell.openExternal(address);
}

async function hasProgram(name: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const files = (env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name));
  const found = await Promise.all(files.map((file) => access(file, constants.X_OK).then(() => true, () => false)));
  return found.includes(true);
}
