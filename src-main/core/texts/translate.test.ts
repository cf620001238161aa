import { describe, expect, it } from 'vitest';
import enErrors from '../../../assets/locales/en/errors.json' with { type: 'json' };
import enTray from '../../../assets/locales/en/tray.json' with { type: 'json' };
import jaErrors from '../../../assets/locales/ja/errors.json' with { type: 'json' };
import jaTray from '../../../assets/locales/ja/tray.json' with { type: 'json' };
import { errorCodes } from '../../contract/app-error.ts';
import { appError } from '../errors.ts';
import { durationText, errorSentences, languageFor } from './translate.ts';
import { shippedTexts } from '../../../testing/texts/shipped-texts.ts';

/** Each message with the names of its placeholders. */
function placeholders(catalogue: Readonly<Record<string, unknown>>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(catalogue).map(([key, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return [key, [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? ''))].sort()];
    }),
  );
}

describe('the catalogues', () => {
  it('the catalogues have a sentence and a next step for every refusal, in both languages', () => {
    expect(Object.keys(enErrors).sort()).toEqual([...errorCodes].sort());
    expect(Object.keys(jaErrors).sort()).toEqual([...errorCodes].sort());
    for (const { what, next } of [...Object.values(enErrors), ...Object.values(jaErrors)]) {
      expect(what).not.toBe('');
      expect(next).not.toBe('');
    }
  });

  it('the catalogues say the same with the same placeholders', () => {
    expect(placeholders(jaTray)).toEqual(placeholders(enTray));
    expect(placeholders(jaErrors)).toEqual(placeholders(enErrors));
  });
});

describe('a translator', () => {
  it('a translator fills in what the message names, without escaping it for HTML', () => {
    expect(errorSentences(shippedTexts.en, appError('session-none', { profile: 'a & b' }))).toBe('Profile a & b has no session. Start one first.');
  });

  it('a translator leaves hours out when there are none', () => {
    expect(durationText(shippedTexts.en, 90_000)).toBe('2 min');
    expect(durationText(shippedTexts.ja, 3_600_000)).toBe('1 時間');
  });
});

describe('the language', () => {
  it('the language of the app is the chosen one, whatever the system prefers', () => {
    expect(languageFor('en', ['ja-JP'])).toBe('en');
  });

  it('the language of the app is the first of the system’s that the app speaks, else English', () => {
    expect(languageFor('system', ['ja-JP', 'en-US'])).toBe('ja');
    expect(languageFor('system', ['de-DE', 'en-GB', 'ja'])).toBe('en');
    expect(languageFor('system', ['fr'])).toBe('en');
    expect(languageFor('system', [])).toBe('en');
  });
});
