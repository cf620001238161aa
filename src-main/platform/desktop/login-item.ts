import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { app } from 'electron';
import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { desktopEntry, isEntryOn } from '../../core/desktop/desktop-entry.ts';
import { systemErrorReason } from '../../core/system-error.ts';
import { ownFileBytesMax, readRegularFile } from '../../files/read-file.ts';

type LoginItem = {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly userDataDir: string | null;
  readonly appImage: string | null;
};

/**
 * Sets whether the app starts at login, hidden in the tray. On Linux this is an autostart entry (Desktop
 * Application Autostart Specification), elsewhere an item in the system's own list. Fails with
 * `login-item-unwritable` `{file, reason}`.
 */
export async function setLoginItem(starts: boolean, { platform, env, userDataDir, appImage }: LoginItem): Promise<Result<null>> {
  if (platform !== 'linux') {
    // macOS notifies the user of every registration, even one that changes nothing.
    if (starts !== (await isLoginItem({ platform, env }))) app.setLoginItemSettings({ openAtLogin: starts, args: ['--hidden'] });
    return succeeded(null);
  }
  const file = autostartFile(env);
  try {
    if (starts) {
      await mkdir(dirname(file), { recursive: true });
      // Renamed into place, so that a login never finds half of it; what a start left there that was killed goes first.
      await rm(`${file}.part`, { force: true });
      await writeFile(`${file}.part`, desktopEntry(startCommand(appImage, userDataDir)));
      await rename(`${file}.part`, file);
    } else {
      await rm(file, { force: true });
    }
    return succeeded(null);
  } catch (error) {
    return failed(appError('login-item-unwritable', { file, reason: systemErrorReason(error) }));
  }
}

/**
 * Whether the app starts at login. The system is asked, because the user may have changed it there, or
 * in the desktop's own list of startup programs.
 */
export async function isLoginItem({ platform, env }: Pick<LoginItem, 'platform' | 'env'>): Promise<boolean> {
  if (platform !== 'linux') return app.getLoginItemSettings({ args: ['--hidden'] }).openAtLogin;
  const entry = await readRegularFile(autostartFile(env), ownFileBytesMax).catch(() => null);
  return entry !== null && isEntryOn(entry.toString('utf8'));
}

function autostartFile(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_CONFIG_HOME'] || join(env['HOME'] ?? homedir(), '.config'), 'autostart', 'sts-tray.desktop');
}

/** The command that started this app. An AppImage is mounted at a new path at each start, so its own file is used instead. */
function startCommand(appImage: string | null, userDataDir: string | null): readonly string[] {
  return [
    appImage ?? process.execPath,
    ...(app.isPackaged ? [] : [app.getAppPath()]),
    ...(app.commandLine.hasSwitch('no-sandbox') ? ['--no-sandbox'] : []),
    ...(userDataDir === null ? [] : [`--user-data-dir=${userDataDir}`]),
    '--hidden',
  ];
}
