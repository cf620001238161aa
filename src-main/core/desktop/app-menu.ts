import type { Command } from '../../contract/ipc.ts';
import type { Translate } from '../texts/translate.ts';

/** What an item does: one of the roles that Electron has for it. */
export type AppMenuRole = 'hide' | 'hideOthers' | 'unhide' | 'undo' | 'redo' | 'cut' | 'copy' | 'paste' | 'selectAll' | 'minimize' | 'close';

export type AppMenuItem =
  | { readonly role: AppMenuRole; readonly label: string }
  /** Electron's own role would quit without a question. */
  | { readonly command: Extract<Command, { readonly name: 'quit' }>; readonly label: string; readonly accelerator: string };
export type AppMenu = readonly { readonly label: string; readonly items: readonly (AppMenuItem | 'separator')[] }[];

/**
 * The menu bar of macOS, which is the app's only one. Electron's own has developer tools and *Reload* in it;
 * zooming is left to the windows, which know their sizes.
 */
export function appMenu(t: Translate): AppMenu {
  const item = (role: AppMenuRole): AppMenuItem => ({ role, label: t(`tray:menu-${role}`) });
  const quit: AppMenuItem = { command: { name: 'quit', request: {} }, label: t('tray:menu-quit'), accelerator: 'Command+Q' };
  return [
    { label: t('tray:product'), items: [item('hide'), item('hideOthers'), item('unhide'), 'separator', quit] },
    { label: t('tray:menu-edit'), items: [item('undo'), item('redo'), 'separator', item('cut'), item('copy'), item('paste'), item('selectAll')] },
    { label: t('tray:menu-window'), items: [item('minimize'), item('close')] },
  ];
}
