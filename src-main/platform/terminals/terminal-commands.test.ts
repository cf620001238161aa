import { describe, expect, it } from 'vitest';
import { terminalCommand } from './find-terminals.ts';
import { windowTitle } from './terminal-entry.ts';

const title = 'alice · 111111111111 · until 02:15';
const posixWindow = { title, directory: '/home/alice/infra', launcher: ['/bin/sh', '/run/user/1000/sts-tray-a1b2c3/session'] };
const [sh, fifo] = posixWindow.launcher;
const { directory } = posixWindow;

describe('the command for a window on Linux', () => {
  it.each([
    ['ghostty', [`--title=${title}`, `--working-directory=${directory}`, '-e', sh, fifo]],
    ['kitty', [`--title=${title}`, `--directory=${directory}`, sh, fifo]],
    ['wezterm', ['start', '--cwd', directory, '--', sh, fifo]],
    ['alacritty', [`--title=${title}`, `--working-directory=${directory}`, '--option', 'window.dynamic_title=false', '-e', sh, fifo]],
    ['foot', [`--title=${title}`, `--working-directory=${directory}`, '--override=locked-title=yes', sh, fifo]],
    ['gnome-terminal', ['--window', `--title=${title}`, `--working-directory=${directory}`, '--', sh, fifo]],
    ['ptyxis', ['--new-window', `--title=${title}`, `--working-directory=${directory}`, '--', sh, fifo]],
    ['konsole', ['-p', `tabtitle=${title}`, '--workdir', directory, '-e', sh, fifo]],
    ['xfce4-terminal', ['--disable-server', `--title=${title}`, '--dynamic-title-mode=none', `--working-directory=${directory}`, '-x', sh, fifo]],
    ['xterm', ['-u8', '-fa', 'Monospace', '-fs', '11', '-T', title, '-n', title, '-xrm', 'XTerm*allowTitleOps: false', '-e', sh, fifo]],
  ])('the command for a window on Linux opens %s with the title, the folder and the launcher', (id, args) => {
    expect(terminalCommand(id, posixWindow)).toEqual({ file: id, args });
  });

  it('the command for a window on Linux keeps a title from being read as a format of Konsole', () => {
    expect(terminalCommand('konsole', { ...posixWindow, title: '%d 50%;TabColor=red' })?.args).toContain('tabtitle=d 50,TabColor=red');
  });
});

describe('the command for a window on macOS', () => {
  it('the command for a window on macOS lets osascript type the launcher into a new Terminal window, out of the history', () => {
    expect(terminalCommand('terminal', posixWindow)).toEqual({
      file: '/usr/bin/osascript',
      args: [
        ...['-e', 'tell application "Terminal"'],
        ...['-e', `set opened to do script " exec '${sh}' '${fifo}'"`],
        ...['-e', `set custom title of opened to "${title}"`],
        ...['-e', 'set title displays custom title of opened to true'],
        ...['-e', 'activate'],
        ...['-e', 'end tell'],
      ],
    });
  });

  it('the command for a window on macOS lets osascript run the launcher in a new iTerm2 window', () => {
    expect(terminalCommand('iterm2', posixWindow)).toEqual({
      file: '/usr/bin/osascript',
      args: [
        ...['-e', 'tell application "iTerm"'],
        ...['-e', `set opened to (create window with default profile command "'${sh}' '${fifo}'")`],
        ...['-e', `tell current session of opened to set name to "${title}"`],
        ...['-e', 'activate'],
        ...['-e', 'end tell'],
      ],
    });
  });

  it('the command for a window on macOS quotes what AppleScript and the shell would take for syntax', () => {
    const window = { ...posixWindow, title: 'a "b" \\ & "c"', launcher: ['/bin/sh', '/tmp/it\'s "here"'] };
    expect(terminalCommand('terminal', window)?.args).toEqual(
      expect.arrayContaining([
        `set opened to do script " exec '/bin/sh' '/tmp/it'\\\\''s \\"here\\"'"`,
        'set custom title of opened to "a \\"b\\" \\\\ & \\"c\\""',
      ]),
    );
  });
});

describe('the command for a window on Windows', () => {
  const window = { title, directory: 'C:\\infra', launcher: [] };

  it.each([
    ['pwsh', 'pwsh.exe -NoLogo'],
    ['powershell', 'powershell.exe -NoLogo'],
    ['cmd', 'cmd.exe'],
  ])('the command for a window on Windows starts %s in a console of its own', (id, shell) => {
    expect(terminalCommand(id, window)).toEqual({
      file: 'cmd.exe',
      args: ['/d', '/s', '/c', `"start "${title}" ${shell}"`],
      verbatim: true,
    });
  });

  it('the command for a window on Windows leaves nothing in the title that cmd would act on', () => {
    const args = terminalCommand('cmd', { ...window, title: 'a" & calc & "%PATH% ^ <x> |y !z!' })?.args;
    expect(args?.at(-1)).toBe('"start "a  calc  PATH  x y z" cmd.exe"');
  });

  it('the command for a window on Windows asks Windows Terminal for a new window that keeps the title and inherits the environment', () => {
    expect(terminalCommand('windows-terminal', { ...window, title: 'a; b', directory: 'C:\\x;y' })).toEqual({
      file: 'wt.exe',
      args: [
        ...['-w', 'new', 'new-tab', '--inheritEnvironment', '--title', 'a\\; b', '--suppressApplicationTitle'],
        ...['--startingDirectory', 'C:\\x\\;y', 'powershell.exe', '-NoLogo'],
      ],
    });
  });
});

describe('a terminal that the app does not know', () => {
  it('a terminal that the app does not know has no command', () => {
    expect(terminalCommand('x-terminal-emulator', posixWindow)).toBeNull();
  });
});

describe('the window title', () => {
  it('the window title is one line without control characters', () => {
    expect(windowTitle(' a\x1b]2;b\x07\nc\0d\u009ce\u2028アリス · ')).toBe('a ]2;b c d e アリス ·');
  });
});
