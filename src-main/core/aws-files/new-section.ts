import { entriesOf } from './aws-file-sections.ts';
import { linesOf, readAwsFileText } from './aws-file-text.ts';
import { breaksBehind, lineEndOf, type Edited } from './config-lines.ts';

/** A section that the config file has not yet. `entry` is its name as `entriesOf` has it, `header` the line that begins it. */
export type NewSection = { readonly entry: string; readonly header: string; readonly settings: Readonly<Record<string, string>> };

/**
 * Appends a section to the text of a config file, of which every character stays. `taken` where there is a section of
 * that name which says anything else.
 */
export function withNewSection(text: string, { entry, header, settings }: NewSection): Edited | 'taken' {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const there = entriesOf(readAwsFileText(text), 'config')[entry];
  if (there !== undefined) return Object.keys(there).length === lines.length && lines.every((line) => says(there, line)) ? { text } : 'taken';
  const end = lineEndOf(text);
  return { text: text + end.repeat(breaksBehind(linesOf(text))) + [header, ...lines].map((line) => line + end).join('') };
}

function says(values: Readonly<Record<string, string>>, line: string): boolean {
  return Object.entries(values).some(([name, value]) => `${name} = ${value}` === line);
}
