import type { Page } from 'playwright';
import enTray from '../../assets/locales/en/tray.json' with { type: 'json' };
import enUi from '../../assets/locales/en/ui.json' with { type: 'json' };
import jaTray from '../../assets/locales/ja/tray.json' with { type: 'json' };
import jaUi from '../../assets/locales/ja/ui.json' with { type: 'json' };
import type { View } from '../../src-main/contract/ipc.ts';
import { ENGLISH, JAPANESE, type DesktopOptions } from '../desktop/desktop.ts';
import type { RunningApp } from '../app/running-app.ts';

/** Two desktops that differ in language and theme. `Screens` looks at each of their pages in both themes. */
export const variants = [
  { theme: 'light', language: 'en', locale: ENGLISH, ui: enUi, tray: enTray },
  { theme: 'dark', language: 'ja', locale: JAPANESE, ui: jaUi, tray: jaTray },
] as const;
export type Variant = (typeof variants)[number];

/** A small screen, because pictures of it are kept. */
export function desktopOf({ theme, locale }: Variant): DesktopOptions {
  return { theme, language: locale, size: { width: 860, height: 680 } };
}

/** A window in the desktop's theme. Playwright shows every page in the light theme unless it is set to leave that to the system. */
export async function themedWindow(app: RunningApp, view: View): Promise<Page> {
  const page = await app.window(view);
  await page.emulateMedia({ colorScheme: null });
  return page;
}
