/** The autostart entry of a command (Desktop Entry Specification, "The Exec key"). */
export function desktopEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=STS Tray',
    `Exec=${command.map(execArgument).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** Whether a desktop starts what the entry says: they turn entries off by a key of their own, or by the standard one. */
export function isEntryOn(entry: string): boolean {
  return !/^(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/im.test(entry);
}

/** In double quotes, with what is special inside of them escaped; a string's own escapes come on top, and `%` begins a field code. */
function execArgument(argument: string): string {
  return `"${argument
    .replaceAll(/["`$\\]/g, String.raw`\$&`)
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')}"`;
}
