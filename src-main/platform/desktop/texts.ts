import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../contract/ui-state.ts';
import { translatorOf, type Catalogue, type Translate } from '../../core/texts/translate.ts';

/**
 * What the app says, in each language. Most starts need one language and no error, so each catalogue is read from
 * `folder` when its first message is needed, and then at once: a sentence cannot be waited for.
 */
export function openTexts(folder: string): Readonly<Record<Language, Translate>> {
  return { en: translatorOf(catalogueIn(join(folder, 'en'))), ja: translatorOf(catalogueIn(join(folder, 'ja'))) };
}

function catalogueIn(folder: string): Catalogue {
  const read: { -readonly [Part in keyof Catalogue]?: Catalogue[Part] } = {};
  const part = <Name extends keyof Catalogue>(name: Name) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Catalogue[Name];
  return {
    get tray() {
      return (read.tray ??= part('tray'));
    },
    get errors() {
      return (read.errors ??= part('errors'));
    },
  };
}
