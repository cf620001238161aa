import { app, shell } from 'electron';
import type { AwsFiles } from '../aws/files/environment.ts';
import type { Broker } from '../broker/broker.ts';
import type { AwsFileChoice } from '../broker/profiles/aws-file-choice.ts';
import type { LoginChoice } from '../broker/state/login-choice.ts';
import type { CommandHandlers } from '../contract/ipc.ts';
import { appError } from '../core/errors.ts';
import { askForFile, askForFolder } from '../platform/desktop/file-dialog.ts';
import { openInBrowser } from '../platform/programs/browser.ts';
import type { Machine } from '../platform/terminals/find-terminals.ts';
import type { AppWindows } from '../platform/windows/windows.ts';

type Parts = {
  readonly broker: Pick<Broker, 'store' | 'sheets' | 'projects'>;
  readonly windows: Pick<AppWindows, 'show'>;
  readonly openPanel: () => void;
  readonly files: AwsFiles;
  readonly fileChoice: AwsFileChoice;
  readonly loginChoice: LoginChoice;
  readonly machine: Machine;
};

/** The window commands that take more than the broker: dialogs, windows, other programs, the end of the app. */
export function desktopCommands({ broker, windows, openPanel, files, fileChoice, loginChoice, machine }: Parts) {
  const { store, sheets, projects } = broker;
  return {
    openPanel,
    openSettings: () => {
      void loginChoice.sync();
      windows.show('settings');
    },
    chooseAwsFile: async ({ file }) => {
      const path = await askForFile(files[file]);
      if (path !== null) await fileChoice.choose(file, path);
    },
    resetAwsFiles: () => fileChoice.reset(),
    addProject: async ({ profile }) => {
      const folder = await askForFolder();
      if (folder === null) return;
      projects.add(folder);
      if (profile !== null) await projects.check({ folder, profile });
    },
    openLink: async ({ url }) => {
      // A window could name any address; what is opened is what the app itself shows.
      if (!sheets.hasLink(url)) return;
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
    quit: () => app.quit(),
  } satisfies Partial<CommandHandlers>;
}
