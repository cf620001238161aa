import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { taskbarIn, taskbarTheme } from '../../core/desktop/tray/tray-ground.ts';

/** How long the registry may take, in milliseconds. */
const patience = 5_000;

/** The theme of the taskbar of Windows, which is not that of windows; null elsewhere, and where it cannot be read. */
export function readTaskbarTheme(env: NodeJS.ProcessEnv): Promise<'light' | 'dark' | null> {
  if (process.platform !== 'win32') return Promise.resolve(null);
  const { key, value } = taskbarTheme;
  const reg = join(env['SystemRoot'] ?? String.raw`C:\Windows`, 'System32', 'reg.exe');
  return new Promise((resolve) => {
    execFile(reg, ['query', key, '/v', value], { timeout: patience, windowsHide: true }, (error, printed) =>
      resolve(error === null ? taskbarIn(printed) : null),
    );
  });
}
