import { describe, expect, it } from 'vitest';
import { held } from '../../../testing/samples/sample-state.ts';
import { terminalTitle } from './session-texts.ts';
import { shippedTexts } from '../../../testing/texts/shipped-texts.ts';

const en = shippedTexts.en;

describe('the title of a terminal', () => {
  it('the title of a terminal says until when a static one can be used', () => {
    expect(terminalTitle(en, 'en', 'default', held, 'static')).toMatch(/^default - 111111111111 - until \d\d:\d\d$/);
  });

  it('the title of a terminal names no end of a renewable one, which gets new credentials as long as there are any', () => {
    expect(terminalTitle(en, 'en', 'default', held, 'renewable')).toBe('default - 111111111111 - auto-renewing');
  });

  it('the title of a terminal begins with a word that no one overlooks when the account is one of production, in plain ASCII in every language', () => {
    const titles = (['en', 'ja'] as const).map((language) =>
      terminalTitle(shippedTexts[language], language, 'default', held, 'renewable', { production: true }),
    );
    expect(titles[0]).toBe('PRODUCTION default - 111111111111 - auto-renewing');
    expect(titles[1]).toMatch(/^PRODUCTION default - 111111111111 - /);
  });
});
