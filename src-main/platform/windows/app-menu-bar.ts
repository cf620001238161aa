import { Menu } from 'electron';
import type { AppMenu } from '../../core/desktop/app-menu.ts';

/** Keeps Electron from making the menu that it makes for every app, which has developer tools in it. Call before `ready`. */
export function refuseUsualMenu(): void {
  Menu.setApplicationMenu(null);
}

/** The menu bar of macOS. Elsewhere windows have none. */
export class AppMenuBar {
  #shown = '';

  render(menu: AppMenu): void {
    const text = JSON.stringify(menu);
    if (process.platform !== 'darwin' || text === this.#shown) return;
    this.#shown = text;
    const entries = menu.map(({ label, items }) => ({
      label,
      submenu: items.map((item) => (item === 'separator' ? { type: 'separator' as const } : { ...item })),
    }));
    Menu.setApplicationMenu(Menu.buildFromTemplate(entries));
  }
}
