import { nativeTheme } from 'electron';
import type { ThemeChoice } from '../../contract/settings.ts';

/** Windows, menus and the tray's icon follow at once. */
export function applyTheme(theme: ThemeChoice): void {
  if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme;
}
