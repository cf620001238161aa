/** What the icon in the tray stands on: `either` where that is not known, which takes an icon that is readable on both. */
export type TrayGround = 'light' | 'dark' | 'either';

type Tray = {
  readonly platform: NodeJS.Platform;
  /** The app's environment. */
  readonly env: NodeJS.ProcessEnv;
  /** What Windows says of its taskbar; null elsewhere, and where that is not known. */
  readonly taskbar: 'light' | 'dark' | null;
};

/**
 * Never the theme of windows, which the user can choose for this app alone, and which the system has apart
 * from its bar: Windows and Plasma have dark bars with light windows, and so has Xfce.
 */
export function trayGround({ platform, env, taskbar }: Tray): TrayGround {
  if (platform === 'win32') return taskbar ?? 'either';
  // Chromium puts another name in its place on some desktops, and keeps the real one here.
  const desktops = env['ORIGINAL_XDG_CURRENT_DESKTOP'] ?? env['XDG_CURRENT_DESKTOP'] ?? '';
  // The top bar of GNOME Shell is dark in both of its themes.
  return platform === 'linux' && desktops.split(':').includes('GNOME') ? 'dark' : 'either';
}

/** Where Windows keeps the theme of its taskbar, as `reg.exe` takes it. */
export const taskbarTheme = { key: String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Themes\Personalize`, value: 'SystemUsesLightTheme' } as const;

/** The theme in what `reg query` printed, in whatever language; null for none, as before Windows 10 1903. */
export function taskbarIn(printed: string): 'light' | 'dark' | null {
  const [, digits] = /\bSystemUsesLightTheme\s+REG_DWORD\s+0x([\da-f]+)/i.exec(printed) ?? [];
  if (digits === undefined) return null;
  return Number.parseInt(digits, 16) === 0 ? 'dark' : 'light';
}
