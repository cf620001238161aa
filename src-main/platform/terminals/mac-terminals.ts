import { quotePosix } from '../../core/hand-offs/exports.ts';
import type { TerminalCommand, TerminalEntry } from './terminal-entry.ts';

/**
 * Best first: a user who installed iTerm2 wants it. Both are scripted with osascript (iTerm2
 * documentation, "Scripting"; Terminal's own dictionary). The user is asked once for permission.
 */
export const macTerminals: readonly TerminalEntry[] = [
  {
    id: 'iterm2',
    label: 'iTerm2',
    platform: 'darwin',
    programs: ['/Applications/iTerm.app/Contents/MacOS/iTerm2'],
    command: ({ title, launcher }) =>
      osascript([
        'tell application "iTerm"',
        `set opened to (create window with default profile command ${quoteAppleScript(shellWords(launcher))})`,
        `tell current session of opened to set name to ${quoteAppleScript(title)}`,
        'activate',
        'end tell',
      ]),
  },
  {
    id: 'terminal',
    label: 'Terminal',
    platform: 'darwin',
    programs: ['/System/Applications/Utilities/Terminal.app/Contents/MacOS/Terminal', '/Applications/Utilities/Terminal.app/Contents/MacOS/Terminal'],
    // `do script` types into the login shell: the space keeps the line out of its history, and
    // `exec` leaves no second shell behind.
    command: ({ title, launcher }) =>
      osascript([
        'tell application "Terminal"',
        `set opened to do script ${quoteAppleScript(` exec ${shellWords(launcher)}`)}`,
        `set custom title of opened to ${quoteAppleScript(title)}`,
        'set title displays custom title of opened to true',
        'activate',
        'end tell',
      ]),
  },
];

function osascript(lines: readonly string[]): TerminalCommand {
  return { file: '/usr/bin/osascript', args: lines.flatMap((line) => ['-e', line]) };
}

function shellWords(launcher: readonly string[]): string {
  return launcher.map(quotePosix).join(' ');
}

/** In an AppleScript string only `\` and `"` are special (AppleScript Language Guide, "text"). */
function quoteAppleScript(text: string): string {
  return `"${text.replaceAll(/[\\"]/g, '\\$&')}"`;
}
