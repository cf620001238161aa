import i18next from 'i18next';
import enCli from '../../../assets/locales/en/cli.json' with { type: 'json' };
import enErrors from '../../../assets/locales/en/errors.json' with { type: 'json' };
import jaCli from '../../../assets/locales/ja/cli.json' with { type: 'json' };
import jaErrors from '../../../assets/locales/ja/errors.json' with { type: 'json' };
import type { AppError } from '../../contract/app-error.ts';
import type { Language } from '../../contract/ui-state.ts';
import { hoursAndMinutes } from '../../core/sessions/countdown.ts';

export type CliKey = keyof typeof enCli;
type Params = Readonly<Record<string, string | number>>;

/** What the command line says, in one language. */
export type Texts = {
  readonly t: (key: CliKey, params?: Params) => string;
  /** What happened and what to do next, as one line; null for a code that this version does not know. */
  readonly sentences: (error: AppError) => string | null;
  /** A time left, such as "7 h 59 min". */
  readonly duration: (milliseconds: number) => string;
};

const resources = { en: { cli: enCli, errors: enErrors }, ja: { cli: jaCli, errors: jaErrors } };

export function cliTexts(language: Language): Texts {
  const instance = i18next.createInstance();
  void instance.init({
    lng: language,
    fallbackLng: 'en',
    ns: ['cli', 'errors'],
    defaultNS: 'cli',
    resources,
    initAsync: false,
    interpolation: { escapeValue: false },
  });
  const t: Texts['t'] = (key, params = {}) => instance.t(key, params);
  return {
    t,
    sentences: ({ code, params }) => (code in enErrors ? `${instance.t(`errors:${code}.what`, params)} ${instance.t(`errors:${code}.next`, params)}` : null),
    duration: (milliseconds) => {
      const { hours, minutes } = hoursAndMinutes(Math.max(0, milliseconds));
      return hours > 0 ? t('hours-minutes', { hours, minutes }) : t('minutes', { minutes });
    },
  };
}

/** The language of messages (POSIX, "Environment Variables": LC_ALL, then LC_MESSAGES, then LANG). */
export function cliLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return /^ja\b|^ja_/i.test(locale) ? 'ja' : 'en';
}

/** How many columns a text takes in a terminal, where most characters of Chinese and Japanese are two wide. */
export function columns(text: string): number {
  return Array.from(text, (character) => (wide.test(character) ? 2 : 1)).reduce((sum: number, width) => sum + width, 0);
}

const wide = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/u;

/** Rows as columns, two spaces apart; the last column is not padded. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, columns(cell))));
  const pad = (cell: string, index: number) => cell + ' '.repeat((widths[index] ?? 0) - columns(cell));
  return rows.map((row) => `${[...row.slice(0, -1).map(pad), row.at(-1) ?? ''].join('  ')}\n`).join('');
}
