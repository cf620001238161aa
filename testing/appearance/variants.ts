import type { Page } from 'playwright';
import enTray from '../../assets/locales/en/tray.json' with { type: 'json' };
import enUi from '../../assets/locales/en/ui.json' with { type: 'json' };
import jaTray from '../../assets/locales/ja/tray.json' with { type: 'json' };
import jaUi from '../../assets/locales/ja/ui.json' with { type: 'json' };
import type { View } from '../../src-main/contract/ipc.ts';
import { ENGLISH, JAPANESE, type DesktopOptions } from '../desktop/desktop.ts';
import type { RunningApp } from '../app/running-app.ts';

const languages = [
  { language: 'en', locale: ENGLISH, ui: enUi, tray: enTray },
  { language: 'ja', locale: JAPANESE, ui: jaUi, tray: jaTray },
] as const;
const themes = ['light', 'dark'] as const;

/** Both languages, each in both themes. */
export const variants = languages.flatMap((language) => themes.map((theme) => ({ ...language, theme })));
export type Variant = (typeof variants)[number];

/** Small, as pictures of it are kept. */
export function desktopOf({ theme, locale }: Variant): DesktopOptions {
  return { theme, language: locale, size: { width: 860, height: 680 } };
}

/** Playwright shows every page a light theme, unless it is told to leave that to the system. */
export async function themedWindow(app: RunningApp, view: View): Promise<Page> {
  const page = await app.window(view);
  await page.emulateMedia({ colorScheme: null });
  return page;
}
