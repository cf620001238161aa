import { describe, expect, it } from 'vitest';
import { held } from '../../../testing/samples/sample-state.ts';
import { newProgramText, reminderText, terminalTitle } from './session-texts.ts';
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

describe('a notification about a folder', () => {
  const deployed = { at: 0, profile: 'default', accountIds: ['111111111111'], remindedAt: null, destroyRanAt: null };

  it('a notification about a folder writes it from the user’s home on, as the windows do', () => {
    const { body } = reminderText(en, { folder: '/home/alice/work/network', deployed }, { now: 60_000, home: '/home/alice' });
    expect(body).toContain(' ~/work/network.');
    const program = { pid: 7, command: 'terraform plan', folder: '/home/alice/work', executable: '/usr/bin/terraform', verified: true, peer: null };
    expect(newProgramText(en, program, { profile: 'default', account: '111111111111', home: '/home/alice' }).body).toContain('Folder: ~/work');
  });

  it('a notification about a folder outside of the user’s home writes all of its path', () => {
    const { body } = reminderText(en, { folder: '/home/alice2/network', deployed }, { now: 60_000, home: '/home/alice' });
    expect(body).toContain(' /home/alice2/network.');
  });
});
