import { createInstance, type TFunction } from 'i18next';
import enErrors from '../../assets/locales/en/errors.json';
import enUi from '../../assets/locales/en/ui.json';
import jaErrors from '../../assets/locales/ja/errors.json';
import jaUi from '../../assets/locales/ja/ui.json';
import { guardOptions } from '../../src-main/contract/limits.ts';
import type { AppError } from '../../src-main/contract/app-error.ts';
import type { Language } from '../../src-main/contract/ui-state.ts';
import { fromHome } from '../../src-main/core/folder-name.ts';
import { shownValues } from '../../src-main/core/printable.ts';
import { durationParts, startOfDay } from '../time/countdown.ts';
import { shellLabel } from './shells.ts';

export type Translate = TFunction<['ui', 'errors']>;
type Params = Readonly<Record<string, unknown>> & { readonly replace?: Readonly<Record<string, unknown>> };
type MessageKey = `errors:${AppError['code']}.what`;
export type ErrorSentences = { readonly what: string; readonly next: string };

/** Everything that the app says in the user's language. Times are epoch milliseconds, durations seconds. */
export type Texts = {
  readonly t: Translate;
  readonly number: (value: number) => string;
  readonly duration: (seconds: number) => string;
  /** Local time, with the day in front when that is not `today` (a start of day). */
  readonly moment: (at: number, today: number) => string;
  /** Local time to the second. */
  readonly second: (at: number) => string;
  /** A local day with its weekday, as a heading. */
  readonly day: (at: number) => string;
  /** A local day, short and with its year. */
  readonly date: (at: number) => string;
  readonly error: (error: AppError) => ErrorSentences;
  /** The path of a file or folder, from the user's home on where it is in there. */
  readonly path: (path: string) => string;
};

const resources = { en: { ui: enUi, errors: enErrors }, ja: { ui: jaUi, errors: jaErrors } };

/** `home` is the user's, for paths in sentences; null leaves them as they are. */
export function createTexts(language: Language, regions: readonly string[], home: string | null = null): Texts {
  const locale = localeOf(language, regions);
  const t = translator(language);
  const formats = localFormats(locale);
  // What has no separators is written alike in every English and Japanese locale, and the prompt shows no other numbers.
  const number = (value: number) => (Number.isInteger(value) && value >= 0 && value < 1000 ? String(value) : formats.number().format(value));
  const path = (full: string) => (home === null ? full : fromHome(full, home));

  return {
    t,
    number,
    duration: (seconds) => durationText(seconds, t, number),
    moment: (at, today) => (startOfDay(at) === today ? formats.time() : formats.day()).format(at),
    second: (at) => formats.second().format(at),
    day: (at) => formats.heading().format(at),
    date: (at) => formats.date().format(at),
    error: (error) => errorSentences(error, t, (name, value) => paramText(name, value, { number, path })),
    path,
  };
}

/** How the locale writes numbers and times. Each is made when it is needed: the first one takes 16 ms in a new window, and a prompt needs none. */
function localFormats(locale: string) {
  return {
    number: once(() => new Intl.NumberFormat(locale)),
    time: once(() => new Intl.DateTimeFormat(locale, { timeStyle: 'short' })),
    day: once(() => new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' })),
    second: once(() => new Intl.DateTimeFormat(locale, { timeStyle: 'medium' })),
    heading: once(() => new Intl.DateTimeFormat(locale, { dateStyle: 'full' })),
    date: once(() => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })),
  };
}

function once<Format>(make: () => Format): () => Format {
  let made: Format | undefined;
  return () => (made ??= make());
}

/** `en` alone would mean American times and dates; the user's own English, if there is one, is better. */
export function localeOf(language: Language, regions: readonly string[]): string {
  return regions.find((region) => region === language || region.startsWith(`${language}-`)) ?? language;
}

function translator(language: Language): Translate {
  const i18n = createInstance();
  void i18n.init({
    lng: language,
    fallbackLng: 'en',
    ns: ['ui', 'errors'],
    defaultNS: 'ui',
    resources,
    initAsync: false,
    interpolation: { escapeValue: false, defaultVariables: guardOptions }, // React escapes
  });
  const t = i18n.getFixedT(language, ['ui', 'errors']);
  // Values come from files, from AWS and from other programs.
  const shown = (key: MessageKey, { replace, ...options }: Params = {}) =>
    t(key, { ...shownValues(options), ...(replace && { replace: shownValues(replace) }) });
  return shown as Translate;
}

function durationText(seconds: number, t: Translate, number: (value: number) => string): string {
  const parts = durationParts(seconds);
  switch (parts.kind) {
    case 'hours':
      return t('duration.hours', { hours: number(parts.hours) });
    case 'hours-minutes':
      return t('duration.hoursMinutes', { hours: number(parts.hours), minutes: number(parts.minutes) });
    case 'minutes':
      return t('duration.minutes', { minutes: number(parts.minutes) });
    case 'minutes-seconds':
      return t('duration.minutesSeconds', { minutes: number(parts.minutes), seconds: number(parts.seconds) });
    case 'seconds':
      return t('duration.seconds', { seconds: number(parts.seconds) });
  }
}

function errorSentences(error: AppError, t: Translate, shown: (name: string, value: string | number) => string): ErrorSentences {
  const replace = Object.fromEntries(Object.entries(error.params).map(([name, value]) => [name, shown(name, value)]));
  return {
    what: t(`errors:${error.code}.what` as const, { replace }),
    next: t(`errors:${error.code}.next` as const, { replace }),
  };
}

/** What may stand in a sentence as the path of a file or folder. */
const paths: ReadonlySet<string> = new Set(['file', 'folder', 'directory']);

type ParamOptions = Pick<Texts, 'number' | 'path'>;

/** Durations are amounts and get separators; a line or a status is a label and gets none. */
function paramText(name: string, value: string | number, { number, path }: ParamOptions): string {
  if (name === 'seconds' && typeof value === 'number') return number(value);
  if (name === 'shell' && typeof value === 'string') return shellLabel(value);
  if (paths.has(name) && typeof value === 'string') return path(value);
  return String(value);
}
