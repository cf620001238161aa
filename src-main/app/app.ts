import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, shell } from 'electron';
import type { CommandHandlers, CommandName, CommandRequest } from '../contract/ipc.ts';
import { watchAwsFiles } from '../aws/files/config-watcher.ts';
import { awsFiles } from '../aws/files/environment.ts';
import { AwsFileChoice } from '../broker/profiles/aws-file-choice.ts';
import { createBroker } from '../broker/broker.ts';
import type { TerminalLaunch } from '../broker/hand-offs/hand-offs.ts';
import { openLocalApi, type LocalApi } from '../broker/local-api/server.ts';
import { LoginChoice } from '../broker/state/login-choice.ts';
import { ReminderClock } from '../broker/projects/reminder-clock.ts';
import { SessionClock } from '../broker/sessions/session-clock.ts';
import { apiAddress } from '../core/local-api/api-address.ts';
import type { Warning } from '../core/sessions/countdown.ts';
import { appError, succeeded } from '../core/errors.ts';
import { mergeHandlers } from '../core/merge-handlers.ts';
import { promptHeight } from '../core/prompts/prompt-height.ts';
import { sessionRequest } from '../core/sessions/session.ts';
import { reminderText, terminalTitle, warningText } from '../core/texts/session-texts.ts';
import { errorSentences, translator, type Translate } from '../core/texts/translate.ts';
import { trayModel } from '../core/desktop/tray-model.ts';
import { serveRenderer } from '../platform/windows/app-protocol.ts';
import { askForFile, askForFolder } from '../platform/desktop/file-dialog.ts';
import { callingProgram } from '../platform/programs/calling-program.ts';
import { openInBrowser } from '../platform/programs/browser.ts';
import { SecretClipboard } from '../platform/desktop/clipboard.ts';
import { commandLine } from '../platform/programs/command-line.ts';
import { isDoNotDisturb } from '../platform/bus/do-not-disturb.ts';
import { hardenSession } from '../platform/windows/hardening.ts';
import { openIpc } from '../platform/windows/ipc.ts';
import { openKeychain } from '../platform/desktop/keychain.ts';
import type { LaunchOptions } from '../platform/programs/launch-options.ts';
import { isLoginItem, setLoginItem } from '../platform/desktop/login-item.ts';
import { logBug, logEvent, logFailure, openLog } from '../platform/desktop/log.ts';
import { AppNotifications } from '../platform/desktop/notifications.ts';
import { onWakeUp } from '../platform/desktop/power.ts';
import { readProjectApart } from '../platform/programs/reader-process.ts';
import { watchRun } from '../platform/programs/run-fifo.ts';
import { openSignIn } from '../platform/programs/sign-in-page.ts';
import { SettingsFile } from '../platform/desktop/settings.ts';
import { findTerminals } from '../platform/terminals/find-terminals.ts';
import { openTerminal } from '../platform/terminals/open-terminal.ts';
import { thisMachine } from '../platform/terminals/terminal-world.ts';
import { applyTheme } from '../platform/windows/theme.ts';
import { AppTray } from '../platform/desktop/tray.ts';
import { watchTrayHost } from '../platform/bus/tray-host.ts';
import { AppWindows } from '../platform/windows/windows.ts';

const now = Date.now;

/** Puts the parts together. All that lives as long as the app is made, and ended, here. */
export async function startApp({ hidden, env, userDataDir }: LaunchOptions): Promise<void> {
  const dataFolder = app.getPath('userData');
  openLog(dataFolder);
  logEvent(`STS Tray ${app.getVersion()} on Electron ${process.versions.electron}`);

  const { platform, resourcesPath } = process;
  const quitting = new AbortController();
  let isQuitting = false;
  const machine = thisMachine(quitting.signal);
  const settingsFile = new SettingsFile(dataFolder);
  let chosenFiles = settingsFile.read().awsFiles;
  const files = awsFiles(env, () => chosenFiles);
  const clipboard = new SecretClipboard();
  const texts = { en: translator('en'), ja: translator('ja') };
  const text = (): Translate => texts[store.content.language];

  const openTerminalWindow = async (id: string, { profile, session, credentials, variables, pathFirst, directory }: TerminalLaunch) => {
    const account = store.state.accounts[session.identity.accountId] ?? null;
    const title = terminalTitle(text(), store.content.language, profile, session, credentials, account);
    const opened = await openTerminal(id, { title, directory: directory ?? homedir(), variables, pathFirst }, machine);
    return opened.ok ? ({ ok: true, value: opened.value.terminal } as const) : opened;
  };
  const broker = createBroker({
    files,
    dataFolder,
    home: homedir(),
    platform: platform === 'darwin' || platform === 'win32' ? platform : 'linux',
    env,
    settings: settingsFile,
    systemLanguages: app.getPreferredSystemLanguages(),
    cipher: openKeychain({ env, signal: quitting.signal, onUnlocked: () => void broker.held.restore() }),
    commandLine: commandLine({ packaged: app.isPackaged, appPath: app.getAppPath(), resourcesPath, platform, env, userDataDir }),
    targets: {
      copySecret: (secret, clearsAt, onCleared) => clipboard.copy(secret, clearsAt, onCleared),
      openTerminal: openTerminalWindow,
      openSignIn: (url, profile) => openSignIn(url, { open: (address) => openInBrowser(address, machine), signal: quitting.signal, profile }),
    },
    callingProgram,
    readProject: (folder) => readProjectApart(join(import.meta.dirname, 'reader.cjs'), folder),
    watchRun: (onEnd) => watchRun(join(dataFolder, 'terminals', 'runs'), machine, onEnd),
    raisePrompt: () => {
      if (!isQuitting) windows.show('mfa');
    },
    now,
  });
  const { store, sessions } = broker;

  const desktopCommands = {
    chooseAwsFile: ({ file }) => chooseAwsFile(file),
    resetAwsFiles: () => fileChoice.reset(),
    addProject: (request) => addProject(request),
    openLink: async ({ url }) => {
      // A window could name any address; what is opened is what the app itself shows.
      if (broker.sheets.hasLink(url)) await openLink(url);
    },
    openPanel: () => windows.show('panel', tray.bounds()),
    openSettings: () => {
      void loginChoice.look();
      windows.show('settings');
    },
    openConfigFile: ({ file }) => openFile(files[file]),
    quit: () => app.quit(),
  } satisfies Partial<CommandHandlers>;
  const commands: CommandHandlers = mergeHandlers(broker.commands, desktopCommands);
  const execute = <N extends CommandName>({ name, request }: { readonly name: N; readonly request: CommandRequest<N> }): void => {
    void commands[name](request);
  };
  const addProject = async ({ profile }: CommandRequest<'addProject'>): Promise<void> => {
    const folder = await askForFolder();
    if (folder === null) return;
    broker.projects.add(folder);
    if (profile !== null) await broker.projects.check({ folder, profile });
  };
  const chooseAwsFile = async (file: keyof typeof files): Promise<void> => {
    const path = await askForFile(files[file]);
    if (path !== null) await fileChoice.choose(file, path);
  };
  const openLink = async (url: string): Promise<void> => {
    await openInBrowser(url, machine).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      store.notify({ kind: 'failed', profile: null, error: appError('link-not-opened', { url, reason }) });
    });
  };
  const openFile = async (file: string): Promise<void> => {
    const reason = await shell.openPath(file);
    if (reason !== '') store.notify({ kind: 'failed', profile: null, error: appError('file-not-opened', { file, reason }) });
  };

  const windows = new AppWindows({
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
    icon: join(app.getAppPath(), 'assets/icon.png'),
    prepare: () => {
      hardenSession();
      serveRenderer(join(import.meta.dirname, '../renderer'));
    },
    titleOf: (view) => text()(`tray:window-${view}`),
    onClosed: (view) => {
      const { prompt } = store.content;
      // Quitting closes the windows, and is no answer to a prompt.
      if (isQuitting) return;
      // The next panel is not to open on what was looked at yesterday.
      if (view === 'panel') broker.sheets.close();
      if (view === 'mfa' && prompt !== null) sessions.cancelPrompt({ promptId: prompt.promptId });
    },
  });
  const trayFound = (found: 'shown' | 'missing'): void => {
    const { desktop } = store.content;
    if (desktop.tray === 'missing' && found === 'shown') tray.remake();
    if (desktop.tray !== found) store.change({ desktop: { ...desktop, tray: found } });
  };
  const tray = new AppTray(join(app.getAppPath(), 'assets/tray'), execute);
  const renderTray = (): void => tray.render(trayModel(store.state, now(), text()));
  const ipc = openIpc(() => store.state, execute);
  const notifications = new AppNotifications(() => isDoNotDisturb(env, quitting.signal));
  const warn = (warning: Warning): void => {
    const { profile } = warning;
    const session = store.profile(profile)?.session;
    if (session === undefined || !('identity' in session)) return;
    void notifications.show(profile, {
      ...warningText(text(), warning, session.identity.accountId),
      action: text()('tray:renew-action'),
      onAction: () => renew(profile),
    });
  };
  const renew = (name: string): void => {
    const profile = store.profile(name);
    if (profile !== undefined) execute({ name: 'requestSession', request: sessionRequest(profile) });
  };
  const clock = new SessionClock({ store, held: broker.held, now, onWarning: warn, onTick: renderTray });
  const reminders = new ReminderClock({
    store,
    now,
    reminded: (folder) => broker.projects.reminded(folder),
    onReminder: (reminder) =>
      notifications.show(reminder.folder, {
        ...reminderText(text(), reminder, now()),
        action: text()('tray:destroy-action'),
        onAction: () => execute({ name: 'openPanel', request: {} }),
      }),
  });
  const wakeUp = onWakeUp(() => {
    clock.look();
    reminders.look();
  });

  const loginChoice = new LoginChoice({
    store,
    settings: broker.settings,
    item: { isSet: () => isLoginItem({ platform, env }), set: (starts) => setLoginItem(starts, { platform, env, userDataDir }) },
  });

  let loggedNotice = 0;
  store.subscribe((state) => {
    chosenFiles = state.settings.awsFiles;
    applyTheme(state.settings.theme);
    renderTray();
    ipc.send(state);
    if (state.prompt === null) windows.close('mfa');
    else windows.setContentHeight('mfa', promptHeight(state.prompt));
    windows.retitle();
    for (const { name, session } of state.profiles) {
      if (session.kind === 'active' || session.kind === 'none') notifications.close(name);
    }
    if (state.notice?.kind === 'failed' && state.notice.noticeId !== loggedNotice) {
      loggedNotice = state.notice.noticeId;
      logFailure(state.notice.error);
    }
  });
  const watch = () => watchAwsFiles(files, () => void broker.loadConfig());
  let watcher = watch();
  const fileChoice = new AwsFileChoice({
    store,
    settings: broker.settings,
    files,
    env,
    reload: async () => {
      const before = watcher;
      watcher = watch();
      await Promise.all([before.dispose(), broker.loadConfig()]);
    },
  });

  let localApi: LocalApi | null = null;
  app.on('before-quit', () => (isQuitting = true));
  // Programs that wait may all have found no app, and start one that stays in the tray.
  app.on('second-instance', (_event, argv) => {
    if (!argv.includes('--hidden')) execute({ name: 'openPanel', request: {} });
  });
  app.on('activate', () => execute({ name: 'openPanel', request: {} }));
  // A tray app goes on without windows.
  app.on('window-all-closed', () => {});
  // Libraries that clean up after themselves take these signals from Electron, which would quit on them.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  app.on('will-quit', (event) => {
    if (quitting.signal.aborted) return;
    event.preventDefault();
    quitting.abort();
    for (const part of [clock, reminders, wakeUp, ipc, notifications, windows, tray]) part.dispose();
    // quit() would do nothing while Electron has not yet left this event, as the promises may not have either.
    void Promise.allSettled([clipboard.dispose(), watcher.dispose(), localApi?.dispose(), broker.dispose()]).then(() => app.exit());
  });

  applyTheme(store.content.settings.theme);
  renderTray();
  if (!hidden) execute({ name: 'openPanel', request: {} });
  if (platform === 'linux') void watchTrayHost({ env, signal: quitting.signal, onChange: trayFound });
  await broker.loadConfig();
  await broker.held.restore();
  // Only now: a program that asked earlier would be told that there is no such profile, or no session.
  const opened = await openLocalApi({
    address: apiAddress({ platform, env, userDataDir, homedir: homedir() }),
    handlers: mergeHandlers(broker.apiHandlers, {
      panel: async () => {
        execute({ name: 'openPanel', request: {} });
        return succeeded({});
      },
    }),
    sentences: (error) => errorSentences(text(), error),
    onBug: logBug,
  });
  if (opened.ok) localApi = opened.value;
  else store.notify({ kind: 'failed', profile: null, error: opened.error });
  store.change({ terminals: await findTerminals(machine) });
  await loginChoice.look();
}
