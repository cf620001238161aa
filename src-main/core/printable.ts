/** Without control and formatting characters, which could make a prompt or a terminal show something else. */
export function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '');
}

/** On one line as well: where a line breaks, the text goes on after a space. */
export function oneLine(text: string): string {
  return printable(text.replaceAll(/[\t-\r\u0085\u2028\u2029]+ */g, ' '));
}

/** The blocks of letters that are written from right to left (Unicode Standard Annex 9, `Bidi_Class` R and AL). */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** What `apart` has made: nothing in it can end it, or reach beyond its end. */
const keptApart = /(\u2068[^\p{C}\p{Zl}\p{Zp}]*\u2069)/u;

/** Letters that are written from right to left take the words around them along: they get a direction of their own. */
function apart(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}

/**
 * A value that somebody else chose, as it stands in a sentence of a window or the desktop: on one line, and
 * without what would turn the sentence round. A sentence that has such values in it already stays as it is.
 */
export function shownValue(text: string): string {
  return eachOpenPart(text, oneLine);
}

/** The same of a text with lines and columns of its own. */
export function shownText(text: string): string {
  return text.replaceAll(/[^\t\n]+/g, (part) => eachOpenPart(part, printable));
}

function eachOpenPart(text: string, clean: (part: string) => string): string {
  // Almost every text is of such characters alone, and a list of 5,000 profiles has many.
  if (/^[ -~]*$/.test(text)) return text;
  // The parts at odd places are what the expression captured.
  const parts = text.split(keptApart);
  return parts.map((part, index) => (index % 2 === 1 ? part : apart(clean(part)))).join('');
}

/** The values among these that are texts, each as it is shown in a sentence. */
export function shownValues<T>(params: Readonly<Record<string, T>>): Record<string, T | string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? shownValue(value) : value]));
}

/** How much of a name the tray, a notification, a title, the prompt or a question has room for, in characters. */
export const nameMax = 60;

/** The same of a path, an address or an ARN. */
export const pathMax = 120;

/** At most `max` characters: a longer text loses its middle, since a name is known by its beginning, and a path by its end. */
export function shortened(text: string, max: number): string {
  if (text.length <= max) return text;
  // A character may take two places of a string, and half of one is a blot.
  const [first, last] = [text.slice(0, 2 * max), text.slice(-2 * max)].map((part) => Array.from(part));
  if (first === undefined || last === undefined || (first.length <= max && text.length <= 2 * max)) return text;
  const end = Math.floor(max / 3);
  return [...first.slice(0, max - 1 - end), '…', ...last.slice(last.length - end)].join('');
}
