import type enErrors from '../../../assets/locales/en/errors.json';
import type enTray from '../../../assets/locales/en/tray.json';
import type { AppError, ErrorCode } from '../../contract/app-error.ts';
import { guardOptions } from '../../contract/limits.ts';
import type { LanguageChoice } from '../../contract/settings.ts';
import type { Language } from '../../contract/ui-state.ts';
import { saidLength } from '../duration.ts';
import { shownValues } from '../printable.ts';
import { filled } from './filled.ts';

/** The messages of a language, of which the errors' are many. */
export type Catalogue = { readonly tray: typeof enTray; readonly errors: typeof enErrors };

export type MessageKey = `tray:${keyof typeof enTray}` | `errors:${ErrorCode}.${'what' | 'next'}`;

/** Fills a message of the language's catalogue. */
export type Translate = (key: MessageKey, params?: Readonly<Record<string, string | number>>) => string;

export function translatorOf(catalogue: Catalogue): Translate {
  return (key, params = {}) => filled(messageOf(catalogue, key), { ...guardOptions, ...shownValues(params) });
}

function messageOf(catalogue: Catalogue, key: MessageKey): string {
  const name = key.slice(key.indexOf(':') + 1);
  if (key.startsWith('tray:')) return catalogue.tray[name as keyof typeof enTray];
  const [code, part] = name.split('.') as [ErrorCode, 'what' | 'next'];
  return catalogue.errors[code][part];
}

/** The language to use: the user's choice, else Japanese where the system prefers it, else English. */
export function languageFor(choice: LanguageChoice, systemLanguages: readonly string[]): Language {
  if (choice !== 'system') return choice;
  const first = systemLanguages.find((tag) => /^(en|ja)\b/i.test(tag));
  return first?.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}

/** What happened and what to do next, as one line; `ways` are those of the place where the user is, if not of a command line. */
export function errorSentences(t: Translate, error: AppError, ways: Partial<Record<keyof typeof guardOptions, string>> = {}): string {
  const params = { ...error.params, ...ways };
  return `${t(`errors:${error.code}.what`, params)} ${t(`errors:${error.code}.next`, params)}`;
}

/** A time left, such as "8 h" or "7 h 59 min". */
export function durationText(t: Translate, milliseconds: number): string {
  const { kind, ...units } = saidLength(milliseconds);
  return t(`tray:${kind}`, units);
}
