import { join } from 'node:path';

/** Where this app is, as Electron reports it. */
export type AppPlace = {
  readonly packaged: boolean;
  /** `app.getAppPath()`; in a checkout this is the checkout's folder. */
  readonly appPath: string;
  readonly resourcesPath: string;
  readonly platform: NodeJS.Platform;
  readonly appImage: string | null;
  readonly userDataDir: string | null;
};

/**
 * How other programs start this app's command line. The launcher in an AppImage is at a new path at each
 * start, so the AppImage itself is used instead.
 */
export function commandLine({ packaged, appPath, resourcesPath, platform, appImage, userDataDir }: AppPlace): readonly string[] {
  const launcher = join(packaged ? resourcesPath : appPath, 'bin', platform === 'win32' ? 'sts-tray.cmd' : 'sts-tray');
  const program = appImage ?? launcher;
  return userDataDir === null ? [program] : [program, `--user-data-dir=${userDataDir}`];
}
