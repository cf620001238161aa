import type { Terminal } from '../../src-main/contract/ui-state.ts';
import type { Translate } from '../texts/texts.ts';
import type { Choice } from '../controls/select-field.tsx';

/** A chosen terminal that is gone stays in the list, and says so, instead of looking like another choice. */
export function terminalChoices(chosen: string, terminals: readonly Terminal[], t: Translate): readonly Choice<string>[] {
  const first = terminals[0];
  const auto = first === undefined ? t('settings.terminalAuto') : t('settings.terminalAutoNamed', { terminal: first.label });
  const missing = chosen !== 'auto' && !terminals.some(({ id }) => id === chosen);
  return [
    { value: 'auto', label: auto },
    ...terminals.map(({ id, label }) => ({ value: id, label })),
    ...(missing ? [{ value: chosen, label: t('settings.terminalMissing', { terminal: chosen }) }] : []),
  ];
}
