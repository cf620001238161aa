import { describe, expect, it } from 'vitest';
import { desktopEntry } from './desktop-entry.ts';

const exec = (...command: readonly string[]) => desktopEntry(command).split('\n').find((line) => line.startsWith('Exec='));

describe('an autostart entry', () => {
  it('starts the command with its arguments', () => {
    expect(exec('/opt/STS Tray/bin/sts-tray', '--hidden')).toBe('Exec="/opt/STS Tray/bin/sts-tray" "--hidden"');
  });

  it('escapes what the specification gives a meaning', () => {
    expect(exec('/a$b"c%d')).toBe('Exec="/a\\\\$b\\\\"c%%d"');
    expect(exec('/a\\b')).toBe('Exec="/a\\\\\\\\b"');
  });
});
