import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { Command } from '../../contract/ipc.ts';
import type { AppMenu } from '../../core/desktop/app-menu.ts';

/** Keeps Electron from making the menu that it makes for every app, which has developer tools in it. Call before `ready`. */
export function refuseUsualMenu(): void {
  Menu.setApplicationMenu(null);
}

/** The menu bar of macOS. Elsewhere windows have none. */
export class AppMenuBar {
  #shown = '';

  /** `execute` carries out what is chosen. */
  render(menu: AppMenu, execute: (command: Command) => void): void {
    const text = JSON.stringify(menu);
    if (process.platform !== 'darwin' || text === this.#shown) return;
    this.#shown = text;
    const entries = menu.map(({ label, items }) => ({
      label,
      submenu: items.map((item): MenuItemConstructorOptions => {
        if (item === 'separator') return { type: 'separator' };
        return 'role' in item ? { ...item } : { label: item.label, accelerator: item.accelerator, click: () => execute(item.command) };
      }),
    }));
    Menu.setApplicationMenu(Menu.buildFromTemplate(entries));
  }
}
