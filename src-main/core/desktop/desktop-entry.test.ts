import { describe, expect, it } from 'vitest';
import { desktopEntry, isEntryOn } from './desktop-entry.ts';

const exec = (...command: readonly string[]) =>
  desktopEntry(command)
    .split('\n')
    .find((line) => line.startsWith('Exec='));

describe('an autostart entry', () => {
  it('an autostart entry starts the command with its arguments', () => {
    expect(exec('/opt/STS Tray/bin/sts-tray', '--hidden')).toBe('Exec="/opt/STS Tray/bin/sts-tray" "--hidden"');
  });

  it('an autostart entry escapes what the specification gives a meaning', () => {
    expect(exec('/a$b"c%d')).toBe('Exec="/a\\\\$b\\\\"c%%d"');
    expect(exec('/a\\b')).toBe('Exec="/a\\\\\\\\b"');
  });

  it('an autostart entry counts as on until a desktop has turned it off, in its own way or in the standard one', () => {
    const entry = desktopEntry(['/opt/sts-tray']);
    expect(isEntryOn(entry)).toBe(true);
    expect(isEntryOn(`${entry}Hidden=true\n`)).toBe(false);
    expect(isEntryOn(entry.replace('enabled=true', 'enabled=false'))).toBe(false);
  });
});
