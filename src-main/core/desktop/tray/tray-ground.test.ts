import { describe, expect, it } from 'vitest';
import { taskbarIn, trayGround } from './tray-ground.ts';

const linux = { platform: 'linux', taskbar: null } as const;

describe('what the icon in the tray stands on', () => {
  it('what the icon stands on is dark in GNOME, whose top bar is dark in both themes', () => {
    for (const XDG_CURRENT_DESKTOP of ['GNOME', 'ubuntu:GNOME']) expect(trayGround({ ...linux, env: { XDG_CURRENT_DESKTOP } })).toBe('dark');
    expect(trayGround({ ...linux, env: { XDG_CURRENT_DESKTOP: 'Unity', ORIGINAL_XDG_CURRENT_DESKTOP: 'ubuntu:GNOME' } })).toBe('dark');
  });

  it('what the icon stands on is not known on other desktops of Linux, whose bars have themes of their own', () => {
    for (const XDG_CURRENT_DESKTOP of ['XFCE', 'KDE', 'X-Cinnamon', 'GNOME-Flashback:GNOME-X']) {
      expect(trayGround({ ...linux, env: { XDG_CURRENT_DESKTOP } })).toBe('either');
    }
    expect(trayGround({ ...linux, env: {} })).toBe('either');
  });

  it('what the icon stands on is what Windows says of its taskbar, once that is known', () => {
    const windows = { platform: 'win32', env: {} } as const;
    expect([null, 'dark', 'light'].map((taskbar) => trayGround({ ...windows, taskbar: taskbar as 'dark' | 'light' | null }))).toEqual([
      'either',
      'dark',
      'light',
    ]);
  });

  it.for([
    ['0x0', 'dark'],
    ['0x1', 'light'],
  ] as const)('what the icon stands on is read from the registry: %s is %s', ([digits, theme]) => {
    const printed = `\r\nHKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize\r\n    SystemUsesLightTheme    REG_DWORD    ${digits}\r\n\r\n`;
    expect(taskbarIn(printed)).toBe(theme);
  });

  it('what the icon stands on is not known where the registry has no such value', () => {
    expect(taskbarIn('')).toBe(null);
    expect(taskbarIn('    AppsUseLightTheme    REG_DWORD    0x1')).toBe(null);
  });
});
