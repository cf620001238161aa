import { printable } from '../../core/printable.ts';
import { ownColors } from './colors.ts';

/**
 * A text as it may reach a terminal. Of all that a terminal would obey, its line breaks and our own
 * colours are left: what files, AWS, names and the environment say could move the cursor, hide a
 * verdict, or write to the clipboard.
 */
export function terminalText(text: string): string {
  // The parts at odd places are what the expression captured.
  return text
    .split(ownColors)
    .map((part, index) => (index % 2 === 1 ? part : part.split('\n').map(shownLine).join('\n')))
    .join('');
}

function shownLine(line: string): string {
  return printable(line.replaceAll('\t', ' '));
}

/** JSON for whoever reads it, in which each character that a terminal would obey is escaped. */
export function jsonText(value: unknown): string {
  // JSON itself escapes only those below U+0020.
  return `${JSON.stringify(value, null, 2).replaceAll(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, escaped)}\n`;
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
}
