import { join } from 'node:path';
import { Menu, nativeImage, nativeTheme, screen, Tray, type MenuItemConstructorOptions, type NativeImage, type Rectangle } from 'electron';
import type { Command } from '../../contract/ipc.ts';
import type { AccountColor } from '../../contract/settings.ts';
import { PatientEmitter } from '../../core/emitter.ts';
import { trayGround, type TrayGround } from '../../core/desktop/tray/tray-ground.ts';
import type { MenuEntry } from '../../core/desktop/tray/tray-menu.ts';
import type { TrayIcon, TrayModel } from '../../core/desktop/tray/tray-model.ts';
import { isWayland } from '../../core/desktop/wayland.ts';
import { readTaskbarTheme } from './taskbar-theme.ts';

const togglePanel: Command = { name: 'togglePanel', request: {} };

/** The icon in the desktop's tray. Draws a model, and only what differs from the last one. */
export class AppTray {
  #tray: Tray;
  readonly #iconsFolder: string;
  readonly #chosen = new PatientEmitter<Command>();
  readonly #env: NodeJS.ProcessEnv;
  readonly #lookAtTaskbar = (): void => void this.#readTaskbar();
  #taskbar: 'light' | 'dark' | null = null;
  #isDisposed = false;
  #shown: TrayModel | null = null;
  #menu: Menu | null = null;

  constructor(iconsFolder: string, env: NodeJS.ProcessEnv) {
    this.#iconsFolder = iconsFolder;
    this.#env = env;
    this.#tray = this.#create();
    // Of what is asked here only Windows tells of changes, with those of its theme.
    nativeTheme.on('updated', this.#lookAtTaskbar);
    this.#lookAtTaskbar();
  }

  /** Calls back with what the user chooses from the menu, and with `togglePanel` for a click; at once for one that nobody listened to yet. */
  onCommand(listener: (command: Command) => void): () => void {
    return this.#chosen.on(listener);
  }

  render(model: TrayModel): void {
    const shown = this.#shown;
    this.#shown = model;
    if (shown?.icon !== model.icon) this.#drawIcon();
    if (process.platform === 'darwin' && (shown?.title ?? '') !== model.title) {
      this.#tray.setTitle(model.title, { fontType: 'monospacedDigit' });
    }
    if (shown?.tooltip !== model.tooltip) this.#tray.setToolTip(model.tooltip);
    if (JSON.stringify(shown?.menu) !== JSON.stringify(model.menu)) this.#setMenu(model.menu);
  }

  /** Creates the icon again: Electron gives up when the desktop has no place for icons, and does not notice if one appears later. */
  remake(): void {
    const model = this.#shown;
    this.#tray.destroy();
    this.#shown = null;
    this.#tray = this.#create();
    if (model !== null) this.render(model);
  }

  /** Where the icon is, or the pointer that has just clicked on it; null where neither is told, as under Wayland. */
  bounds(): Rectangle | null {
    const bounds = this.#tray.getBounds();
    if (bounds.width > 0 && bounds.height > 0) return bounds;
    return isWayland(this.#env) ? null : { ...screen.getCursorScreenPoint(), width: 1, height: 1 };
  }

  dispose(): void {
    this.#isDisposed = true;
    nativeTheme.off('updated', this.#lookAtTaskbar);
    this.#tray.destroy();
  }

  async #readTaskbar(): Promise<void> {
    const taskbar = await readTaskbarTheme(this.#env);
    if (this.#isDisposed || taskbar === this.#taskbar) return;
    this.#taskbar = taskbar;
    this.#drawIcon();
  }

  #create(): Tray {
    const tray = new Tray(this.#image('none'));
    tray.on('click', () => this.#chosen.emit(togglePanel));
    // With a context menu set, macOS opens it on the left click too, and the panel would never show.
    if (process.platform === 'darwin') tray.on('right-click', () => this.#menu && tray.popUpContextMenu(this.#menu));
    return tray;
  }

  get #ground(): TrayGround {
    return trayGround({ platform: process.platform, env: this.#env, taskbar: this.#taskbar });
  }

  #drawIcon(): void {
    this.#tray.setImage(this.#image(this.#shown?.icon ?? 'none'));
  }

  #image(icon: TrayIcon): NativeImage {
    return nativeImage.createFromPath(join(this.#iconsFolder, iconFile(icon, this.#ground)));
  }

  #setMenu(entries: readonly MenuEntry[]): void {
    this.#menu = Menu.buildFromTemplate(entries.map((entry) => this.#menuItem(entry)));
    if (process.platform !== 'darwin') this.#tray.setContextMenu(this.#menu);
  }

  #menuItem(entry: MenuEntry): MenuItemConstructorOptions {
    switch (entry.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'label':
        return { label: menuText(entry.label), enabled: false, ...this.#dot(entry.color) };
      case 'command':
        return {
          label: menuText(entry.label),
          click: () => this.#chosen.emit(entry.command),
          ...(entry.accelerator === undefined ? {} : { accelerator: entry.accelerator, registerAccelerator: false }),
        };
      case 'submenu':
        return { label: menuText(entry.label), submenu: entry.entries.map((inner) => this.#menuItem(inner)), ...this.#dot(entry.color) };
    }
  }

  #dot(color: AccountColor | undefined): { readonly icon?: NativeImage } {
    return color === undefined ? {} : { icon: nativeImage.createFromPath(join(this.#iconsFolder, `account-${color}.png`)) };
  }
}

/** On macOS, template images adapt to the menu bar on their own. */
function iconFile(icon: TrayIcon, ground: TrayGround): string {
  if (process.platform === 'darwin') return `tray-${icon}Template.png`;
  return `tray-${icon}-${ground}.${process.platform === 'win32' ? 'ico' : 'png'}`;
}

/** `&` marks a mnemonic in a menu, and profile names may hold one. */
function menuText(label: string): string {
  return label.replaceAll('&', '&&');
}
