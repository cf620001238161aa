import { nativeTheme } from 'electron';
import type { ThemeChoice } from '../../contract/settings.ts';

/** Windows and menus follow at once. The tray's icon does not: it stands on the desktop's own bar. */
export function applyTheme(theme: ThemeChoice): void {
  if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme;
}
