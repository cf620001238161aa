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

/** Whether a desktop starts this entry: desktops turn entries off with a key of their own, or with the standard one. */
export function isEntryOn(entry: string): boolean {
  return !/^(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/im.test(entry);
}

/**
 * In double quotes, with the characters that are special inside them escaped. Then each backslash is
 * doubled, because values of type string have escapes of their own, and each `%`, because it begins a
 * field code.
 */
function execArgument(argument: string): string {
  return `"${argument
    .replaceAll(/["`$\\]/g, String.raw`\$&`)
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')}"`;
}
