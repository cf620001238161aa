import { join } from 'node:path';
import { app } from 'electron';
import { createBroker } from '../broker/broker.ts';
import { AwsFileChoice } from '../broker/profiles/aws-file-choice.ts';
import type { View } from '../contract/ipc.ts';
import { mergeHandlers } from '../core/merge-handlers.ts';
import { watchTrayHost } from '../platform/bus/tray-host.ts';
import { SecretClipboard } from '../platform/desktop/clipboard.ts';
import { AppNotifications } from '../platform/desktop/notifications.ts';
import { openKeychain } from '../platform/desktop/keychain.ts';
import type { FurtherStarts } from '../platform/desktop/further-starts.ts';
import { openLog } from '../platform/desktop/log.ts';
import { SettingsFile } from '../platform/desktop/settings.ts';
import type { AppTray } from '../platform/desktop/tray.ts';
import { CommandHost } from '../platform/programs/command-host.ts';
import type { LaunchOptions } from '../platform/programs/launch-options.ts';
import { findTerminals } from '../platform/terminals/find-terminals.ts';
import { thisMachine } from '../platform/terminals/terminal-world.ts';
import { startAlerts } from './alerts.ts';
import { AwsFileWatch } from './aws-file-watch.ts';
import { brokerWorld } from './broker-world.ts';
import { desktopCommands } from './desktop-commands.ts';
import { logWhatHappens } from './event-log.ts';
import { executor } from './executor.ts';
import { handOffTargets } from './hand-off-targets.ts';
import { removeLeftovers } from './leftovers.ts';
import { Quitting } from './lifecycle.ts';
import { AppLocalApi } from './local-api.ts';
import { problemReport } from './report.ts';
import { openTexts } from '../platform/desktop/texts.ts';
import { startAtLogin } from './start-at-login.ts';
import { LateUpdates } from './updates/late-updates.ts';
import { makeWindows, Views } from './views.ts';

const now = Date.now;

/** Puts the parts together, each after what it stands on. All that lives as long as the app is made here, but for what has to be there before the app is loaded, and ended here. */
export async function startApp(options: LaunchOptions, { tray, furtherStarts }: { tray: AppTray; furtherStarts: FurtherStarts }): Promise<void> {
  const { hidden, env, userDataDir } = options;
  openLog(app.getPath('userData'));

  const quitting = new Quitting();
  const { signal } = quitting;
  const machine = thisMachine(signal);
  const clipboard = new SecretClipboard();
  const keychain = openKeychain({ env, signal });
  const settings = new SettingsFile(app.getPath('userData'));
  const texts = openTexts(join(import.meta.dirname, 'texts'));
  const windows = makeWindows(join(import.meta.dirname, '..'));
  const openPanel = () => windows.show('panel');
  const raise = (view: View) => () => {
    if (!quitting.isUnderWay) windows.show(view);
  };

  const targets = handOffTargets({ clipboard, machine, texts });
  const reader = join(import.meta.dirname, 'reader.cjs');
  const broker = createBroker(brokerWorld({ options, settings, cipher: keychain, targets, machine, reader, raise, windows, texts, now }));
  const { store, files } = broker;
  const text = () => texts[store.content.language];
  keychain.onUnlocked(() => void broker.heldSignIns.restore().then(() => broker.held.restore()));
  logWhatHappens(broker);

  const watch = new AwsFileWatch(files, broker.loadConfig);
  const fileChoice = new AwsFileChoice({ store, settings: broker.settings, files, env, reload: () => watch.follow() });
  const loginChoice = startAtLogin(broker, options);
  const host = new CommandHost(join(import.meta.dirname, 'hosted.cjs'));
  const localApi = new AppLocalApi({ broker, host, openPanel, text, env, userDataDir });
  const report = problemReport({ broker, localApi, openPanel, env, now });
  const desktop = desktopCommands({ broker, windows, tray, openPanel, files, fileChoice, loginChoice, updates: new LateUpdates(broker, env, signal), machine });
  const execute = executor(mergeHandlers(broker.commands, report.commands, desktop), openPanel);

  // Before anything is shown: a menu or a panel without the profiles would say that there are none.
  await broker.loadConfig();
  const views = new Views({ windows, tray, broker, execute, text, quitting, now });
  const alerts = startAlerts({ broker, execute, notifications: new AppNotifications(env, signal), onTick: () => views.renderTray(), text, now });
  quitting.disposeOf({ atOnce: [alerts, views, host], awaited: [clipboard, watch, loginChoice, localApi, broker] });

  furtherStarts.onPanelAsked(openPanel);
  if (!hidden) openPanel();
  if (process.platform === 'linux') void watchTrayHost({ env, signal, onChange: (found) => views.trayFound(found) });
  await broker.heldSignIns.restore();
  await broker.held.restore();
  const lost = await broker.terminalRuns.restore();
  if (lost !== null) store.notify({ kind: 'failed', profile: null, error: lost });
  await removeLeftovers({ machine, files, dataFolder: app.getPath('userData'), settings });
  // Only now: a program that asked earlier would be told that there is no such profile, or no session.
  await localApi.open(report.apiHandlers);
  store.change({ terminals: await findTerminals(machine) });
  await loginChoice.sync();
}
