import type { TerminalCommand, TerminalEntry } from './terminal-entry.ts';

/**
 * Best first. On Windows the session reaches the shell in its environment block, so the shells to which
 * the app can give one come first. They still open in Windows Terminal where that is the system's
 * default terminal (Windows 11).
 *
 * Windows Terminal itself hands the command line to a process that is already running. Before 1.18, a
 * new window got the caller's environment and a tab did not. The first 1.18 gave both the user's
 * environment from the registry. Since 1.18.2681 (microsoft/terminal 15897) `wt` sends its environment
 * along, and `--inheritEnvironment` makes the tab use it. Older versions refuse that option, which is
 * better than a shell without credentials. So the user can choose Windows Terminal, but `auto` never does.
 */
export const windowsTerminals: readonly TerminalEntry[] = [
  consoleShell('pwsh', 'PowerShell 7', ['pwsh.exe', '-NoLogo']),
  consoleShell('powershell', 'Windows PowerShell', ['powershell.exe', '-NoLogo']),
  consoleShell('cmd', 'Command Prompt', ['cmd.exe']),
  {
    id: 'windows-terminal',
    label: 'Windows Terminal',
    platform: 'win32',
    programs: ['wt.exe'],
    command: ({ title, directory }) => ({
      file: 'wt.exe',
      args: [
        ...['-w', 'new', 'new-tab', '--inheritEnvironment'],
        ...['--title', escapeSemicolons(title), '--suppressApplicationTitle'],
        ...['--startingDirectory', escapeSemicolons(directory)],
        ...['powershell.exe', '-NoLogo'],
      ],
    }),
  },
];

/**
 * A shell in a console of its own. A GUI process cannot spawn one directly: Node gives the child
 * standard handles, and the shell would read those instead of the console. `start` gives it a new
 * console and fresh handles; the cmd in between ends at once.
 */
function consoleShell(id: string, label: string, shell: readonly [string, ...string[]]): TerminalEntry {
  return {
    id,
    label,
    platform: 'win32',
    programs: [shell[0]],
    command: ({ title }): TerminalCommand => ({
      file: 'cmd.exe',
      args: ['/d', '/s', '/c', `"start "${cmdTitle(title)}" ${shell.join(' ')}"`],
      verbatim: true,
    }),
  };
}

/** cmd expands `%` and `!` within quotes too, and a `"` would end them; they cannot be escaped here. */
function cmdTitle(title: string): string {
  return title.replaceAll(/[%!^"&|<>]/g, '');
}

/** `wt` takes `;` for the end of a command, in quotes too (Windows Terminal documentation). */
function escapeSemicolons(text: string): string {
  return text.replaceAll(';', '\\;');
}
