import { commandNames, commandSpec, globalOptions, optionSpec, optionText, synopsis, type CommandName, type OptionName } from './commands.ts';
import type { Texts } from '../texts/texts.ts';

/**
 * The manual page `sts-tray(1)`, in the `man` macros of roff: what `help` says of all commands and of each.
 * Packages for Linux bring the English one, which `assets/linux/sts-tray.1` keeps.
 */
export function manPage({ t }: Texts): string {
  // "STS Tray: what it does."
  const whatItDoes = t('tagline')
    .replace(/^[^:]*: /, '')
    .replace(/\.$/, '');
  const status = t('exit-status').replace(/^[^:]*: /, '');
  return [
    '.TH STS\\-TRAY 1 "" "STS Tray" "User Commands"',
    '.SH NAME',
    `sts\\-tray \\- ${roff(whatItDoes)}`,
    '.SH SYNOPSIS',
    `.B sts\\-tray\n${roff('[--user-data-dir DIR] [COMMAND …]')}`,
    '.SH DESCRIPTION',
    roff(t('without-command')),
    '.SH COMMANDS',
    ...commandNames.map((name) => commandSection(name, t)),
    '.SH OPTIONS',
    ...optionList(globalOptions, t),
    '.SH EXIT STATUS',
    roff(status),
    '',
  ].join('\n');
}

function commandSection(name: CommandName, t: Texts['t']): string {
  const { summary, detail, options } = commandSpec(name);
  return [
    `.SS ${roff(synopsis(name))}`,
    roff(t(summary)),
    ...(detail === undefined ? [] : ['.PP', t(detail).split('\n').map(roff).join('\n.br\n')]),
    ...optionList(options, t),
  ].join('\n');
}

function optionList(names: readonly OptionName[], t: Texts['t']): readonly string[] {
  const shown = names.filter((name) => !optionSpec(name).hidden);
  return shown.flatMap((name) => ['.TP', `.B ${roff(name === 'help' ? '-h, --help' : optionText(name))}`, roff(t(optionSpec(name).summary))]);
}

/** A text as roff reads it: groff_char(7). A hyphen would become a dash that no shell takes, and a dot in front a macro. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll(/[^\n -~]/gu, (character) => `\\[u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`)
    .replaceAll(/^(?=[.'])/gm, '\\&');
}
