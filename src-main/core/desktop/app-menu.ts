import type { Translate } from '../texts/translate.ts';

/** What an item does: one of the roles that Electron has for it. */
export type AppMenuRole = 'hide' | 'hideOthers' | 'unhide' | 'quit' | 'undo' | 'redo' | 'cut' | 'copy' | 'paste' | 'selectAll' | 'minimize' | 'close';

export type AppMenuItem = { readonly role: AppMenuRole; readonly label: string };
export type AppMenu = readonly { readonly label: string; readonly items: readonly (AppMenuItem | 'separator')[] }[];

/**
 * The menu bar of macOS, which is the app's only one. Electron's own has developer tools and *Reload* in it;
 * zooming is left to the windows, which know their sizes.
 */
export function appMenu(t: Translate): AppMenu {
  const item = (role: AppMenuRole): AppMenuItem => ({ role, label: t(`tray:menu-${role}`) });
  return [
    { label: t('tray:product'), items: [item('hide'), item('hideOthers'), item('unhide'), 'separator', item('quit')] },
    { label: t('tray:menu-edit'), items: [item('undo'), item('redo'), 'separator', item('cut'), item('copy'), item('paste'), item('selectAll')] },
    { label: t('tray:menu-window'), items: [item('minimize'), item('close')] },
  ];
}
