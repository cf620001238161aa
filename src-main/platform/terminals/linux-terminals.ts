import type { TerminalEntry } from './terminal-entry.ts';

/**
 * Best first: terminals that somebody installed on purpose, then those that come with a desktop,
 * then xterm. Sources of the arguments: each program's manual and `--help`.
 */
export const linuxTerminals: readonly TerminalEntry[] = [
  {
    id: 'ghostty',
    label: 'Ghostty',
    platform: 'linux',
    programs: ['ghostty'],
    // `title` is a setting that wins over title sequences.
    command: ({ title, directory, launcher }) => ({
      file: 'ghostty',
      args: [`--title=${title}`, `--working-directory=${directory}`, '-e', ...launcher],
    }),
  },
  {
    id: 'kitty',
    label: 'kitty',
    platform: 'linux',
    programs: ['kitty'],
    command: ({ title, directory, launcher }) => ({
      file: 'kitty',
      args: [`--title=${title}`, `--directory=${directory}`, ...launcher],
    }),
  },
  {
    id: 'wezterm',
    label: 'WezTerm',
    platform: 'linux',
    programs: ['wezterm'],
    // It has no option for the title; the launcher's title sequence sets it.
    command: ({ directory, launcher }) => ({
      file: 'wezterm',
      args: ['start', '--cwd', directory, '--', ...launcher],
    }),
  },
  {
    id: 'alacritty',
    label: 'Alacritty',
    platform: 'linux',
    programs: ['alacritty'],
    command: ({ title, directory, launcher }) => ({
      file: 'alacritty',
      args: [`--title=${title}`, `--working-directory=${directory}`, ...['--option', 'window.dynamic_title=false'], ...['-e', ...launcher]],
    }),
  },
  {
    id: 'foot',
    label: 'foot',
    platform: 'linux',
    programs: ['foot'],
    display: 'WAYLAND_DISPLAY',
    command: ({ title, directory, launcher }) => ({
      file: 'foot',
      args: [`--title=${title}`, `--working-directory=${directory}`, '--override=locked-title=yes', ...launcher],
    }),
  },
  {
    id: 'gnome-terminal',
    label: 'GNOME Terminal',
    platform: 'linux',
    programs: ['gnome-terminal'],
    command: ({ title, directory, launcher }) => ({
      file: 'gnome-terminal',
      args: ['--window', `--title=${title}`, `--working-directory=${directory}`, '--', ...launcher],
    }),
  },
  {
    id: 'ptyxis',
    label: 'Ptyxis',
    platform: 'linux',
    programs: ['ptyxis'],
    command: ({ title, directory, launcher }) => ({
      file: 'ptyxis',
      args: ['--new-window', `--title=${title}`, `--working-directory=${directory}`, '--', ...launcher],
    }),
  },
  {
    id: 'konsole',
    label: 'Konsole',
    platform: 'linux',
    programs: ['konsole'],
    command: ({ title, directory, launcher }) => ({
      file: 'konsole',
      args: [...['-p', `tabtitle=${konsoleTitle(title)}`], ...['--workdir', directory], ...['-e', ...launcher]],
    }),
  },
  {
    id: 'xfce4-terminal',
    label: 'Xfce Terminal',
    platform: 'linux',
    programs: ['xfce4-terminal'],
    command: ({ title, directory, launcher }) => ({
      file: 'xfce4-terminal',
      args: ['--disable-server', `--title=${title}`, '--dynamic-title-mode=none', `--working-directory=${directory}`, ...['-x', ...launcher]],
    }),
  },
  {
    id: 'xterm',
    label: 'xterm',
    platform: 'linux',
    programs: ['xterm'],
    display: 'DISPLAY',
    // It has no option for the directory; the launcher changes to it.
    command: ({ title, launcher }) => ({
      file: 'xterm',
      args: [
        '-u8',
        ...['-fa', 'Monospace', '-fs', '11'],
        ...['-T', title, '-n', title],
        // Otherwise the prompt of a typical .bashrc would replace the title.
        ...['-xrm', 'XTerm*allowTitleOps: false'],
        ...['-e', ...launcher],
      ],
    }),
  },
];

/** A tab title format takes `%` for the start of a placeholder, and `;` ends a `-p` property. */
function konsoleTitle(title: string): string {
  return title.replaceAll('%', '').replaceAll(';', ',');
}
