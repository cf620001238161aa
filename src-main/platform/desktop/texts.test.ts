import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { shippedTexts } from '../../../testing/texts/shipped-texts.ts';
import { appError } from '../../core/errors.ts';
import { errorSentences } from '../../core/texts/translate.ts';
import { openTexts } from './texts.ts';

const locales = join(import.meta.dirname, '..', '..', '..', 'assets', 'locales');
const error = appError('session-none', { profile: 'prod' });
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'texts-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

it('the texts of the app are those of the catalogues, in each language', () => {
  const texts = openTexts(locales);
  for (const language of ['en', 'ja'] as const) {
    expect(texts[language]('tray:quit')).toBe(shippedTexts[language]('tray:quit'));
    expect(errorSentences(texts[language], error)).toBe(errorSentences(shippedTexts[language], error));
  }
});

it('the texts of the app are read when the first of them is needed, and once', async () => {
  const texts = openTexts(folder);
  await cp(join(locales, 'ja', 'tray.json'), join(folder, 'ja', 'tray.json'));
  const quit = texts.ja('tray:quit');
  expect(quit).toBe(shippedTexts.ja('tray:quit'));
  await rm(folder, { recursive: true });
  expect(texts.ja('tray:quit')).toBe(quit);
});
