import { eastAsianWidth } from 'get-east-asian-width';
import enCli from '../../../assets/locales/en/cli.json' with { type: 'json' };
import enErrors from '../../../assets/locales/en/errors.json' with { type: 'json' };
import jaCli from '../../../assets/locales/ja/cli.json' with { type: 'json' };
import jaErrors from '../../../assets/locales/ja/errors.json' with { type: 'json' };
import type { AppError } from '../../contract/app-error.ts';
import { guardOptions } from '../../contract/limits.ts';
import type { Language } from '../../contract/ui-state.ts';
import { guardVariables } from '../../core/hand-offs/guarded-program.ts';
import { saidLength } from '../../core/duration.ts';
import { filled } from '../../core/texts/filled.ts';
import { oneLine, shortened } from '../../core/printable.ts';

export type CliKey = keyof typeof enCli;
type Params = Readonly<Record<string, string | number>>;

/** What the command line says, in one language. */
export type Texts = {
  readonly t: (key: CliKey, params?: Params) => string;
  /** What happened and what to do next, as one line; null for a code that this version does not know. */
  readonly sentences: (error: AppError) => string | null;
  /** A time left, such as "8 h" or "7 h 59 min". */
  readonly duration: (milliseconds: number) => string;
};

const catalogues = { en: { cli: enCli, errors: enErrors }, ja: { cli: jaCli, errors: jaErrors } };

/** Where a command was typed: in a terminal of the app the guarded programs take variables, and no options. */
export type TypedAs = 'command-line' | 'guarded-program';

export function cliTexts(language: Language, typedAs: TypedAs = 'command-line'): Texts {
  const { cli, errors } = catalogues[language];
  const t: Texts['t'] = (key, params = {}) => filled(cli[key], shownParams(params));
  const inTerminal = { noGuard: t('no-guard-variable', { variable: guardVariables.profile }), accountOption: `${guardVariables.account}=` };
  const ways = typedAs === 'command-line' ? guardOptions : inTerminal;
  return {
    t,
    sentences: ({ code, params }) => {
      if (!Object.hasOwn(errors, code)) return null;
      const shown = { ...ways, ...shownParams(params) };
      return `${filled(errors[code].what, shown)} ${filled(errors[code].next, shown)}`;
    },
    duration: (milliseconds) => {
      const said = saidLength(Math.max(0, milliseconds));
      switch (said.kind) {
        case 'hours':
          return t('hours', { hours: said.hours });
        case 'hours-minutes':
          return t('hours-minutes', { hours: said.hours, minutes: said.minutes });
        case 'minutes':
          return t('minutes', { minutes: said.minutes });
      }
    },
  };
}

/** Values come from files, from AWS and from the environment. */
function shownParams(params: Params): Params {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? oneLine(value) : value]));
}

/** The language of messages (POSIX, "Environment Variables": LC_ALL, then LC_MESSAGES, then LANG). */
export function cliLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return /^ja\b|^ja_/i.test(locale) ? 'ja' : 'en';
}

/** Columns that a text takes in a terminal: most characters of Chinese and Japanese take two, as emoji do, and combining marks none. */
export function columns(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  // Hangul and letters with marks as single characters, whose width is known.
  const graphemes = new Intl.Segmenter().segment(text.normalize('NFC'));
  return Array.from(graphemes, ({ segment }) => columnsOf(segment)).reduce((sum, width) => sum + width, 0);
}

/** Made when a text first needs it: most texts do not, and a fifth of a command's own start went into it. */
let emoji: RegExp | null = null;

/** Emoji of one character or of several, as Unicode recommends them for general interchange. */
function isEmoji(grapheme: string): boolean {
  // A single character that is text unless something follows it is the common one, such as an arrow.
  if (grapheme.length === 1 && !/\p{Emoji_Presentation}/u.test(grapheme)) return false;
  emoji ??= new RegExp('^\\p{RGI_Emoji}$', 'v');
  return emoji.test(grapheme);
}

function columnsOf(grapheme: string): number {
  if (isEmoji(grapheme)) return 2;
  // The sound marks of half-width katakana are no combining marks: each takes a column beside its letter.
  const visible = grapheme.replaceAll(/[\p{M}\p{Cf}]/gu, '');
  return Array.from(visible, (character) => eastAsianWidth(character.codePointAt(0) ?? 0)).reduce((sum: number, width) => sum + width, 0);
}

/** What a row has room for beside the other columns, in characters. */
const cellMax = 100;

/** Rows as columns, two spaces apart; the last column is neither padded nor shortened. */
export function aligned(cells: readonly (readonly string[])[]): string {
  const rows = cells.map((row) => row.map((cell, index) => (index === row.length - 1 ? oneLine(cell) : shortened(oneLine(cell), cellMax))));
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, columns(cell))));
  const pad = (cell: string, index: number) => cell + ' '.repeat((widths[index] ?? 0) - columns(cell));
  return rows.map((row) => `${[...row.slice(0, -1).map(pad), row.at(-1) ?? ''].join('  ')}\n`).join('');
}
