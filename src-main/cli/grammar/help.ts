import { commandNames, commandSpec, globalOptions, optionSpec, optionText, synopsis, type CommandName, type OptionName } from './commands.ts';
import { aligned, type Texts } from '../texts/texts.ts';

/** The help of one command, or of all. */
export function helpText(command: CommandName | null, texts: Texts): string {
  return command === null ? overview(texts) : commandHelp(command, texts);
}

function overview({ t }: Texts): string {
  const listed = commandNames.map((name) => `  ${synopsis(name)}\n      ${t(commandSpec(name).summary)}\n`).join('');
  return [
    `${t('tagline')}\n`,
    `${t('usage')} sts-tray [--user-data-dir DIR] [COMMAND …]\n`,
    `${t('without-command')}\n`,
    `${t('commands')}\n${listed}`,
    `${t('options')}\n${optionList(globalOptions, t)}`,
    `${t('exit-status')}\n${t('more-help')}\n`,
  ].join('\n');
}

function commandHelp(name: CommandName, { t }: Texts): string {
  const { summary, detail, options } = commandSpec(name);
  return [
    `${t('usage')} sts-tray ${synopsis(name)}\n`,
    `${t(summary)}\n`,
    ...(detail === undefined ? [] : [`${t(detail)}\n`]),
    `${t('options')}\n${optionList([...options, ...globalOptions.filter((option) => option !== 'version')], t)}`,
  ].join('\n');
}

function optionList(names: readonly OptionName[], t: Texts['t']): string {
  const shown = (name: OptionName) => (name === 'help' ? '-h, --help' : optionText(name));
  return aligned(names.filter((name) => !optionSpec(name).hidden).map((name) => [`  ${shown(name)}`, t(optionSpec(name).summary)]));
}
