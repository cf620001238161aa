import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { app } from 'electron';
import { runInWorker } from './cli/process/run-in-worker.ts';
import { registerAppScheme } from './platform/windows/app-protocol.ts';
import { hardenApp } from './platform/windows/hardening.ts';
import { FurtherStarts } from './platform/desktop/further-starts.ts';
import { preferSecretService } from './platform/desktop/keychain.ts';
import { ownAppImage } from './platform/programs/app-image.ts';
import { leaveMemoryOutOfDumps } from './platform/memory/core-dumps.ts';
import { collectGarbage } from './platform/memory/garbage.ts';
import { leaveHandOff, readLaunchOptions, readStart } from './platform/programs/launch-options.ts';

const appImage = app.isPackaged ? ownAppImage(process.execPath, process.env) : null;
const { runtime, commandLine } = readStart(process.argv, app.isPackaged ? null : app.getAppPath());

/** How long the desktop takes to accept the icon, in milliseconds. Loading the app would hold that up. */
const iconMs = 30;

/** How long after the start its garbage is collected, in milliseconds. By then the desktop, and a panel that was opened, have asked for what they need. */
const restsAfterMs = 10_000;

if (commandLine === null) startTray();
else runCommand(commandLine);

function startTray(): void {
  leaveMemoryOutOfDumps();
  leaveHandOff(process.env);
  const options = readLaunchOptions(process.argv, process.env, appImage);
  hardenApp();
  preferSecretService(process.env);
  registerAppScheme();
  app.setPath('userData', options.userDataDir ?? app.getPath('userData'));

  // A second start hands over to the first, which shows its panel.
  if (!app.requestSingleInstanceLock()) return app.quit();
  const furtherStarts = new FurtherStarts();
  void app.whenReady().then(async () => {
    // Imported here, so that a command starts without loading the app; and the icon first, so that it is seen before the rest is loaded.
    const { AppTray } = await import('./platform/desktop/tray.ts');
    const tray = new AppTray(join(app.getAppPath(), 'assets/tray'), options.env);
    await delay(iconMs);
    const { startApp } = await import('./app/app.ts');
    await startApp(options, { tray, furtherStarts });
    setTimeout(collectGarbage, restsAfterMs).unref();
  });
}

/** Ends the process before Electron would open a display. */
function runCommand(args: readonly string[]): void {
  const entry = join(import.meta.dirname, 'cli.cjs');
  // For an app that the command starts: a package runs with the sandbox or not at all, a checkout with those of the
  // launcher's flags that are not for commands alone.
  const appArgs = app.isPackaged ? [] : runtime.filter((word) => word !== '--no-zygote' && !word.startsWith('--log-level='));
  // An AppImage's files stay mounted only while the process that was started runs, so the app needs a mount of its own.
  const executable = appImage ?? process.execPath;
  process.exit(runInWorker(entry, args, { version: app.getVersion(), dataFolder: app.getPath('userData'), app: { executable, args: appArgs } }));
}
