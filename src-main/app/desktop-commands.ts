import { dirname } from 'node:path';
import { app, shell } from 'electron';
import type { AwsFiles } from '../aws/files/environment.ts';
import type { Broker } from '../broker/broker.ts';
import type { AwsFileChoice } from '../broker/profiles/aws-file-choice.ts';
import { QuitConfirmation } from '../broker/questions/quit-confirmation.ts';
import type { LoginChoice } from '../broker/state/login-choice.ts';
import type { CommandHandlers } from '../contract/ipc.ts';
import { showsPopover, staysWhenLeft } from '../core/desktop/panel/panel-click.ts';
import { appError } from '../core/errors.ts';
import { copyText } from '../platform/desktop/clipboard.ts';
import { askForFile, askForFolder, isFileDialogOpen } from '../platform/desktop/file-dialog.ts';
import type { AppTray } from '../platform/desktop/tray.ts';
import { openInBrowser } from '../platform/programs/browser.ts';
import type { Machine } from '../platform/terminals/find-terminals.ts';
import type { AppWindows } from '../platform/windows/windows.ts';
import type { LateUpdates } from './updates/late-updates.ts';

type Parts = {
  readonly broker: Pick<Broker, 'store' | 'settings' | 'sheets' | 'projects' | 'questions' | 'relayRuns'>;
  readonly windows: Pick<AppWindows, 'show' | 'togglePanel' | 'leavePanel'>;
  readonly tray: Pick<AppTray, 'bounds'>;
  readonly openPanel: () => void;
  readonly files: AwsFiles;
  readonly fileChoice: AwsFileChoice;
  readonly loginChoice: LoginChoice;
  readonly updates: LateUpdates;
  readonly machine: Machine;
};

/** The window commands that take more than the broker: dialogs, windows, other programs, the end of the app. */
export function desktopCommands({ broker, windows, tray, openPanel, files, fileChoice, loginChoice, updates, machine }: Parts) {
  const { store, settings, sheets, projects, questions, relayRuns } = broker;
  const quitConfirmation = new QuitConfirmation({ questions, store, runs: () => relayRuns.openPrograms, now: Date.now });
  return {
    ...updates.commands,
    openPanel,
    togglePanel: () => windows.togglePanel({ anchor: tray.bounds(), popover: showsPopover(store.state) }),
    leavePanel: ({ by }) => {
      if (!staysWhenLeft(store.state) && !isFileDialogOpen()) windows.leavePanel(by);
    },
    openSettings: async () => {
      void loginChoice.sync();
      windows.show('settings');
      await updates.open();
    },
    chooseAwsFile: async ({ file }) => {
      const path = await askForFile(files[file]);
      if (path !== null) await fileChoice.choose(file, path);
    },
    copyAccountId: ({ accountId }) => copyText(accountId),
    resetAwsFiles: () => fileChoice.reset(),
    addProject: async ({ profile }) => {
      const folder = await askForFolder(store.content.settings.lastFolder ?? store.content.desktop.home);
      if (folder === null) return;
      settings.rememberFolder(dirname(folder));
      projects.add(folder);
      if (profile !== null) await projects.check({ folder, profile });
    },
    openLink: async ({ url }) => {
      // A window could name any address; what is opened is what the app itself shows.
      if (!sheets.hasLink(url) && !(await updates.open()).hasPage(url)) return;
      await openInBrowser(url, machine).catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        store.notify({ kind: 'failed', profile: null, error: appError('link-not-opened', { url, reason }) });
      });
    },
    openConfigFile: async ({ file }) => {
      const path = files[file];
      const reason = await shell.openPath(path);
      if (reason !== '') store.notify({ kind: 'failed', profile: null, error: appError('file-not-opened', { file: path, reason }) });
    },
    quit: async () => {
      if (await quitConfirmation.mayQuit()) app.quit();
    },
  } satisfies Partial<CommandHandlers>;
}
