import { join } from 'node:path';
import { app } from 'electron';
import type { Broker } from '../broker/broker.ts';
import { ShortcutChoice } from '../broker/state/shortcut-choice.ts';
import type { Command, View } from '../contract/ipc.ts';
import type { UiState } from '../contract/ui-state.ts';
import { appMenu } from '../core/desktop/app-menu.ts';
import { showsPopover } from '../core/desktop/panel/panel-click.ts';
import { trayModel } from '../core/desktop/tray/tray-model.ts';
import type { Translate } from '../core/texts/translate.ts';
import { systemShortcut } from '../platform/desktop/global-shortcut.ts';
import { onWakeUp } from '../platform/desktop/power.ts';
import type { AppTray } from '../platform/desktop/tray.ts';
import { AppMenuBar } from '../platform/windows/app-menu-bar.ts';
import { serveRenderer } from '../platform/windows/app-protocol.ts';
import { hardenSession } from '../platform/windows/hardening.ts';
import { openIpc } from '../platform/windows/ipc.ts';
import { applyTheme } from '../platform/windows/theme.ts';
import { AppWindows } from '../platform/windows/windows.ts';
import type { Quitting } from './lifecycle.ts';

/** `dist` is the folder of the three bundles. */
export function makeWindows(dist: string): AppWindows {
  return new AppWindows({
    preload: join(dist, 'preload/preload.cjs'),
    icon: join(app.getAppPath(), 'assets/icon.png'),
    prepare: () => {
      hardenSession();
      serveRenderer(join(dist, 'renderer'));
    },
  });
}

type Parts = {
  readonly windows: AppWindows;
  readonly tray: AppTray;
  readonly broker: Pick<Broker, 'store' | 'settings' | 'sheets' | 'sessions' | 'refreshConfig'>;
  readonly execute: (command: Command) => void;
  readonly text: () => Translate;
  readonly quitting: Pick<Quitting, 'isUnderWay'>;
  readonly now: () => number;
};

/** The tray and the windows: shows the state in them, and passes on what the user does there. */
export class Views {
  readonly #parts: Parts;
  readonly #ipc: ReturnType<typeof openIpc>;
  readonly #unsubscribe: () => void;
  readonly #menuBar = new AppMenuBar();
  readonly #shortcut: ShortcutChoice;

  constructor(parts: Parts) {
    const { windows, tray, broker, execute } = parts;
    this.#parts = parts;
    this.#ipc = openIpc(
      () => broker.store.state,
      execute,
      (contents) => windows.viewOf(contents),
      (contents) => {
        windows.appear(contents);
        void broker.refreshConfig();
      },
      (contents, height) => windows.fit(contents, height),
    );
    tray.onCommand(execute);
    windows.rememberIn({
      read: (name) => broker.store.content.settings.windowPlaces[name],
      keep: (name, place) => broker.settings.rememberPlace(name, place),
    });
    windows.onClosed((view) => this.#closed(view));
    // No icon was clicked, so the panel opens where it was last.
    const toggle = (): void => windows.togglePanel({ anchor: null, popover: showsPopover(broker.store.state) });
    this.#shortcut = new ShortcutChoice({ ...broker, system: systemShortcut(toggle), onWakeUp });
    this.#unsubscribe = broker.store.subscribe((state) => this.#show(state));
    this.#show(broker.store.state);
  }

  /** Also without a change of the state, when something that counts down reads differently. */
  renderTray(): void {
    const { tray, broker, text, now } = this.#parts;
    tray.render(trayModel(broker.store.state, now(), text()));
  }

  /** Whether the desktop shows tray icons, as it says now. */
  trayFound(found: 'shown' | 'missing'): void {
    const { tray, broker } = this.#parts;
    const { desktop } = broker.store.content;
    if (desktop.tray === 'missing' && found === 'shown') tray.remake();
    if (desktop.tray !== found) broker.store.change({ desktop: { ...desktop, tray: found } });
  }

  dispose(): void {
    this.#unsubscribe();
    for (const part of [this.#shortcut, this.#ipc, this.#parts.windows, this.#parts.tray]) part.dispose();
  }

  #show(state: UiState): void {
    const { windows, text, execute } = this.#parts;
    const t = text();
    applyTheme(state.settings.theme);
    windows.pinPanel(state.settings.panelPinned);
    this.renderTray();
    this.#menuBar.render(appMenu(t), execute);
    this.#ipc.send(state);
    if (state.prompt === null) windows.close('mfa');
    if (state.signInPrompt === null) windows.close('sign-in');
    if (state.question === null) windows.close('question');
    windows.setTitles({
      panel: t('tray:window-panel'),
      mfa: t('tray:window-mfa'),
      'sign-in': t('tray:window-sign-in'),
      question: t('tray:window-question'),
      settings: t('tray:window-settings'),
    });
  }

  #closed(view: View): void {
    const { broker, execute, quitting } = this.#parts;
    const { prompt, signInPrompt, question } = broker.store.content;
    // Quitting closes the windows, and is no answer to a prompt.
    if (quitting.isUnderWay) return;
    // The next panel is not to open on what was looked at yesterday.
    if (view === 'panel') broker.sheets.close();
    if (view === 'mfa' && prompt !== null) broker.sessions.cancelPrompt({ promptId: prompt.promptId });
    if (view === 'sign-in' && signInPrompt !== null) execute({ name: 'cancelSignIn', request: { promptId: signInPrompt.promptId } });
    if (view === 'question' && question !== null) execute({ name: 'answerQuestion', request: { questionId: question.questionId, permission: 'refuse' } });
  }
}
