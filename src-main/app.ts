import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, shell } from 'electron';
import type { Command } from './contract/ipc.ts';
import { awsCalls } from './aws/calls.ts';
import { watchAwsFiles } from './aws/config-watcher.ts';
import { awsFiles } from './aws/environment.ts';
import { loadAwsConfig } from './aws/profiles.ts';
import { HandOffs } from './broker/hand-offs.ts';
import { MfaPrompts } from './broker/mfa-prompts.ts';
import { SessionClock } from './broker/session-clock.ts';
import { SessionManager } from './broker/session-manager.ts';
import { settingsContent, SettingsManager } from './broker/settings-manager.ts';
import { initialContent, UiStateStore } from './broker/ui-state-store.ts';
import type { Warning } from './core/countdown.ts';
import { appError } from './core/errors.ts';
import { terminalTitle, warningText } from './core/session-texts.ts';
import { translator, type Translate } from './core/translate.ts';
import { trayModel } from './core/tray-model.ts';
import { serveRenderer } from './platform/app-protocol.ts';
import { SecretClipboard } from './platform/clipboard.ts';
import { openIpc } from './platform/ipc.ts';
import type { LaunchOptions } from './platform/launch-options.ts';
import { logEvent, logFailure, openLog } from './platform/log.ts';
import { AppNotifications } from './platform/notifications.ts';
import { onWakeUp } from './platform/power.ts';
import { SettingsFile } from './platform/settings.ts';
import { findTerminals } from './platform/terminals/find-terminals.ts';
import { openTerminal } from './platform/terminals/open-terminal.ts';
import { thisMachine } from './platform/terminals/terminal-world.ts';
import { AppTray } from './platform/tray.ts';
import { AppWindows } from './platform/windows.ts';
import { SessionVault } from './vault/session-vault.ts';

const now = Date.now;

/** Puts the parts together. All that lives as long as the app is made, and ended, here. */
export async function startApp({ hidden, env }: LaunchOptions): Promise<void> {
  const dataFolder = app.getPath('userData');
  openLog(dataFolder);
  logEvent(`STS Tray ${app.getVersion()} on Electron ${process.versions.electron}`);

  const quitting = new AbortController();
  const machine = thisMachine(quitting.signal);
  const files = awsFiles(env);
  const aws = awsCalls(files);
  const vault = new SessionVault();
  const settingsFile = new SettingsFile(dataFolder);
  const systemLanguages = app.getPreferredSystemLanguages();
  const store = new UiStateStore(initialContent(settingsContent(settingsFile.read(), systemLanguages), files));
  const settings = new SettingsManager(settingsFile, systemLanguages, store);
  const texts = { en: translator('en'), ja: translator('ja') };
  const text = (): Translate => texts[store.content.language];

  const prompts = new MfaPrompts(store, {
    aws,
    rememberSerial: (profile, serial) => settings.rememberMfaSerial(profile, serial),
    raise: () => windows.show('mfa'),
    configFile: files.config,
    now,
  });
  const sessions = new SessionManager({ store, vault, prompts, aws, now });
  const clipboard = new SecretClipboard();
  const handOffs = new HandOffs(
    store,
    vault,
    {
      copySecret: (secret, clearsAt, onCleared) => clipboard.copy(secret, clearsAt, onCleared),
      openTerminal: async (id, { profile, session, variables }) => {
        const title = terminalTitle(text(), store.content.language, profile, session);
        const opened = await openTerminal(id, { title, directory: homedir(), variables }, machine);
        return opened.ok ? { ok: true, value: opened.value.terminal } : opened;
      },
    },
    now,
  );

  const execute = (command: Command): void => {
    switch (command.name) {
      case 'requestSession':
        return sessions.requestSession(command.request);
      case 'submitMfa':
        return void sessions.submitMfa(command.request);
      case 'chooseMfaDevice':
        return sessions.chooseMfaDevice(command.request);
      case 'cancelPrompt':
        return sessions.cancelPrompt(command.request);
      case 'endSession':
        return sessions.endSession(command.request);
      case 'copyExports':
        return void handOffs.copyExports(command.request);
      case 'openTerminal':
        return void handOffs.openTerminal(command.request);
      case 'dismissNotice':
        return store.dismissNotice(command.request.noticeId);
      case 'changeSettings':
        return settings.change(command.request);
      case 'openPanel':
        return windows.show('panel', tray.bounds());
      case 'openSettings':
        return windows.show('settings');
      case 'openConfigFile':
        return void openFile(files[command.request.file]);
      case 'quit':
        return app.quit();
    }
  };
  const openFile = async (file: string): Promise<void> => {
    const reason = await shell.openPath(file);
    if (reason !== '') store.notify({ kind: 'failed', profile: null, error: appError('file-not-opened', { file, reason }) });
  };

  serveRenderer(join(import.meta.dirname, '../renderer'));
  const windows = new AppWindows({
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
    icon: join(app.getAppPath(), 'assets/icon.png'),
    titleOf: (view) => text()(`tray:window-${view}`),
    onClosed: (view) => {
      const { prompt } = store.content;
      if (view === 'mfa' && prompt !== null) sessions.cancelPrompt({ promptId: prompt.promptId });
    },
  });
  const tray = new AppTray(join(app.getAppPath(), 'assets/tray'), execute);
  const renderTray = (): void => tray.render(trayModel(store.state, now(), text()));
  const ipc = openIpc(() => store.state, execute);
  const notifications = new AppNotifications();
  const warn = (warning: Warning): void => {
    const { profile } = warning;
    const session = store.content.profiles.find(({ name }) => name === profile)?.session;
    if (!store.content.settings.notifications || session === undefined || !('identity' in session)) return;
    notifications.show(profile, {
      ...warningText(text(), warning, session.identity.accountId),
      action: text()('tray:renew-action'),
      onAction: () => execute({ name: 'requestSession', request: { profile } }),
    });
  };
  const clock = new SessionClock({ store, sessions, now, onWarning: warn, onTick: renderTray });
  const wakeUp = onWakeUp(() => clock.look());

  store.subscribe((state) => {
    renderTray();
    ipc.send(state);
    if (state.prompt === null) windows.close('mfa');
    windows.retitle();
    for (const { name, session } of state.profiles) {
      if (session.kind === 'active' || session.kind === 'none') notifications.close(name);
    }
    if (state.notice?.kind === 'failed') logFailure(state.notice.error);
  });

  // One after the other, so that an older reading never replaces a newer one.
  let loaded = Promise.resolve();
  const loadConfig = (): Promise<void> => (loaded = loaded.then(async () => sessions.configLoaded(await loadAwsConfig(files))));
  const watcher = watchAwsFiles(files, () => void loadConfig());

  app.on('second-instance', () => execute({ name: 'openPanel', request: {} }));
  app.on('activate', () => execute({ name: 'openPanel', request: {} }));
  // A tray app goes on without windows.
  app.on('window-all-closed', () => {});
  app.on('will-quit', (event) => {
    if (quitting.signal.aborted) return;
    event.preventDefault();
    quitting.abort();
    for (const part of [clock, wakeUp, ipc, notifications, windows, tray, vault]) part.dispose();
    // quit() would do nothing while Electron has not yet left this event, as the promises may not have either.
    void Promise.allSettled([clipboard.dispose(), watcher.dispose()]).then(() => app.exit());
  });

  renderTray();
  if (!hidden) execute({ name: 'openPanel', request: {} });
  await loadConfig();
  store.change({ terminals: await findTerminals(machine) });
}
