import { join } from 'node:path';
import { Menu, nativeImage, nativeTheme, Tray, type MenuItemConstructorOptions, type NativeImage, type Rectangle } from 'electron';
import type { Command } from '../../contract/ipc.ts';
import { PatientEmitter } from '../../core/emitter.ts';
import type { MenuEntry, TrayIcon, TrayModel } from '../../core/desktop/tray-model.ts';

const openPanel: Command = { name: 'openPanel', request: {} };

/** The icon in the desktop's tray. Draws a model, and only what differs from the last one. */
export class AppTray {
  #tray: Tray;
  readonly #iconsFolder: string;
  readonly #chosen = new PatientEmitter<Command>();
  readonly #redrawIcon = (): void => this.#drawIcon();
  #shown: TrayModel | null = null;
  #menu: Menu | null = null;

  constructor(iconsFolder: string) {
    this.#iconsFolder = iconsFolder;
    this.#tray = this.#create();
    nativeTheme.on('updated', this.#redrawIcon);
  }

  /** Calls back with what the user chooses from the menu, and with `openPanel` for a click; at once for one that nobody listened to yet. */
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

  /** Where the icon is; null where the platform does not say, as on Linux. */
  bounds(): Rectangle | null {
    const bounds = this.#tray.getBounds();
    return bounds.width === 0 || bounds.height === 0 ? null : bounds;
  }

  dispose(): void {
    nativeTheme.off('updated', this.#redrawIcon);
    this.#tray.destroy();
  }

  #create(): Tray {
    const tray = new Tray(this.#image('none'));
    tray.on('click', () => this.#chosen.emit(openPanel));
    // With a context menu set, macOS opens it on the left click too, and the panel would never show.
    if (process.platform === 'darwin') tray.on('right-click', () => this.#menu && tray.popUpContextMenu(this.#menu));
    return tray;
  }

  #drawIcon(): void {
    this.#tray.setImage(this.#image(this.#shown?.icon ?? 'none'));
  }

  #image(icon: TrayIcon): NativeImage {
    return nativeImage.createFromPath(join(this.#iconsFolder, iconFile(icon)));
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
        return { label: menuText(entry.label), enabled: false };
      case 'command':
        return { label: menuText(entry.label), click: () => this.#chosen.emit(entry.command) };
      case 'submenu':
        return { label: menuText(entry.label), submenu: entry.entries.map((inner) => this.#menuItem(inner)) };
    }
  }
}

/** On macOS, template images adapt to the menu bar on their own; elsewhere the variant follows the theme. */
function iconFile(icon: TrayIcon): string {
  if (process.platform === 'darwin') return `tray-${icon}Template.png`;
  const variant = nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
  return `tray-${icon}-${variant}.${process.platform === 'win32' ? 'ico' : 'png'}`;
}

/** `&` marks a mnemonic in a menu, and profile names may hold one. */
function menuText(label: string): string {
  return label.replaceAll('&', '&&');
}
