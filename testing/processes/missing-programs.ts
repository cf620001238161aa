import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/** What the private desktop is made of, by the Debian package that holds it. */
const PACKAGES = {
  Xvfb: 'xvfb',
  'dbus-daemon': 'dbus-daemon',
  xfwm4: 'xfwm4',
  'xfce4-panel': 'xfce4-panel',
  'gnome-keyring-daemon': 'gnome-keyring',
  xdotool: 'xdotool',
} as const;

export interface MissingProgram {
  readonly program: string;
  readonly debianPackage: string;
}

/** Empty where `startDesktop` can work; else what to install, for a skip's reason. */
export function missingPrograms(): readonly MissingProgram[] {
  return Object.entries(PACKAGES)
    .filter(([program]) => !isOnPath(program))
    .map(([program, debianPackage]) => ({ program, debianPackage }));
}

/** For `test.skip`: whether something is missing, and what. */
export function skipsWithoutDesktop(): [condition: boolean, reason: string] {
  const missing = missingPrograms().map(({ program }) => program);
  return [missing.length > 0, `not installed: ${missing.join(', ')}`];
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
