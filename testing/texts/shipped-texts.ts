import enErrors from '../../assets/locales/en/errors.json' with { type: 'json' };
import enTray from '../../assets/locales/en/tray.json' with { type: 'json' };
import jaErrors from '../../assets/locales/ja/errors.json' with { type: 'json' };
import jaTray from '../../assets/locales/ja/tray.json' with { type: 'json' };
import { translatorOf } from '../../src-main/core/texts/translate.ts';

/** What the app itself says, without its package. */
export const shippedTexts = { en: translatorOf({ tray: enTray, errors: enErrors }), ja: translatorOf({ tray: jaTray, errors: jaErrors }) };
