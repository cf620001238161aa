import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../src-main/contract/ui-state.ts';
import { AppContext } from '../context/app-context.ts';
import { sheetStates } from '../gallery/states/gallery-sheets.ts';
import { silentApi } from '../gallery/silent-api.ts';
import { createTexts } from '../texts/texts.ts';
import { SheetContents } from './sheet-contents.tsx';

const at = new Date(2030, 0, 2, 12).getTime();
const states = sheetStates(at);

/** Only a browser draws a dialog, so this renders what is under its title. */
function markupOf(name: string, language: Language = 'en', now = at): string {
  const state = states[name]?.state;
  if (state === undefined || state.sheet === null) throw new Error(`the gallery has no sheet ${name}`);
  const context = {
    api: silentApi,
    clock: { now: () => now, follow: () => () => undefined },
    texts: createTexts(language, ['en-GB']),
    platform: 'linux' as const,
  };
  return renderToStaticMarkup(
    <AppContext value={context}>
      <SheetContents sheet={state.sheet} state={state} />
    </AppContext>,
  );
}

function textOf(...asked: Parameters<typeof markupOf>): string {
  return withoutTags(markupOf(...asked));
}

/** What its status regions say, from top to bottom. */
function outcomesOf(name: string): readonly string[] {
  return [...markupOf(name).matchAll(/<(div|span) role="status"[^>]*>(.*?)<\/\1>/g)].map(([, , contents = '']) => withoutTags(contents));
}

function withoutTags(markup: string): string {
  return markup.replace(/<[^>]*>/g, '');
}

describe('every sheet in every step', () => {
  const names = Object.entries(states).flatMap(([name, { state }]) => (state.sheet === null ? [] : [name]));

  it.each(names)('every sheet in every step has all its texts in both languages: %s', (name) => {
    for (const language of ['en', 'ja'] as const) expect(textOf(name, language)).not.toMatch(/^$|{{|undefined|NaN|\[object|Invalid/);
  });
});

describe('the history', () => {
  it('the sheet of the history says when, as whom and how it ended, and to whom it was handed', () => {
    const text = textOf('panel-sheet-history');
    expect(text).toMatch(/Wednesday,? 2 January 2030/);
    expect(text).toContain('11:40 – 12:40 role deploy as alice');
    expect(text).toContain('terraform apply credential_process  PID 48213 ~/infrastructure/live/eu-central-1/kubernetes-cluster');
    for (const how of ['Active', 'Ended manually', 'Renewed', 'Profile changed', 'Refused by AWS', 'Revoked', 'Expired']) expect(text).toContain(how);
  });

  it('the sheet of the history counts the hand-offs that it leaves out', () => {
    expect(textOf('panel-sheet-history').match(/and \d+ earlier/g)).toEqual(['and 37 earlier']);
  });

  it('the sheet of the history leads from every session to what it did', () => {
    expect(textOf('panel-sheet-history').match(/Activity…/g)).toHaveLength(8);
  });

  it('the sheet of the history calls a session expired once its time is over, whatever was known when the sheet was opened', () => {
    expect(textOf('panel-sheet-history', 'en', at + 86_400_000)).not.toContain('Active');
  });

  it('the sheet of the history says that nothing was issued yet', () => {
    expect(textOf('panel-sheet-history-empty')).toBe('No sessions yet. Each one that you start is listed here.');
  });
});

describe('the activity', () => {
  it('the sheet of an activity says what failed, where a role session goes on, and that CloudTrail is late', () => {
    const text = textOf('panel-sheet-activity');
    expect(text).toContain('Failed: AccessDenied');
    expect(text).toContain('→ role deploy in 222233334444 (example-production) as ASIAI44QH8DHBEXAMPLE');
    expect(text).toContain('about 15 minutes');
    expect(textOf('panel-sheet-activity-empty')).toContain('No CloudTrail events for this session yet');
  });
});

describe('the events of an activity', () => {
  it('the events of an activity say their region where there are several, and leave it to the head of the sheet where there is one', () => {
    expect(textOf('panel-sheet-activity')).toMatch(/GetCallerIdentitysts us-east-1/);
    expect(textOf('panel-sheet-activity-asking-more').match(/eu-central-1/g)).toHaveLength(1);
  });

  it('the events of an activity say by a shape what read and what changed, and in words what failed', () => {
    const markup = markupOf('panel-sheet-activity');
    expect(markup.match(/aria-label="Changes"/g)).toHaveLength(2);
    expect(markup.match(/aria-label="Reads"/g)).toHaveLength(2);
    expect(markup.match(/Failed: /g)).toHaveLength(2);
  });
});

describe('the revocation', () => {
  it('the sheet of a revocation says what it ends, what it does not reach, and how long the policy is needed', () => {
    const text = textOf('panel-sheet-revocation-preview');
    expect(text).toContain('User alice');
    expect(text).toContain('Also ends the current session of default, audit.');
    expect(text).toMatch(
      /Not covered.*Role sessions of prod, network-operations stay valid for up to 1 hour\..*Role sessions that programs such as Terraform assumed from it stay valid for up to 1 hour\./,
    );
    expect(text).toMatch(/Keep the policy until 4 Jan, 0?0:00/);
    expect(text).toContain('aws:TokenIssueTime');
  });

  it('the sheet of a revocation has its button right of Cancel, in the colour of what cannot be undone', () => {
    expect(markupOf('panel-sheet-revocation-preview')).toMatch(/>Cancel<\/button><button[^>]* class="[^"]*danger[^"]*"[^>]*>Revoke sessions</);
  });

  it('the sheet of a revocation says that it is done in a region that was there before, while the button keeps the focus', () => {
    expect(outcomesOf('panel-sheet-revocation-revoking')[0]).toBe('');
    expect(outcomesOf('panel-sheet-revocation-revoked')).toEqual(['Every session issued until now is blocked.']);
    expect(markupOf('panel-sheet-revocation-revoking')).toMatch(/<button aria-disabled="true"[^>]*>(<svg.*?<\/svg>)?Revoke sessions/);
  });

  it('the sheet of a revocation hands over to an administrator what AWS refused', () => {
    const text = textOf('panel-sheet-revocation-refused');
    expect(text).toContain('Ask an administrator to add this to the user as an inline policy');
    expect(text).toContain('Open the IAM console');
    expect(text).not.toContain('Revoke sessions');
  });
});

describe('the access keys', () => {
  it('the sheet of access keys says their age, and when that is old', () => {
    expect(textOf('panel-sheet-keys')).toContain('120 days, since 4 Sep');
    expect(textOf('panel-sheet-keys')).toContain('Older than 90 days');
    expect(textOf('panel-sheet-keys-young')).not.toContain('90 days');
  });

  it('access keys cannot be rotated while there are two, unless the rotation made the second', () => {
    expect(textOf('panel-sheet-keys-two')).toContain('Find out what uses AKIAI44QH8DHBEXAMPLE');
    expect(textOf('panel-sheet-keys-two')).not.toContain('confirm');
    expect(textOf('panel-sheet-keys-created')).toContain('Continue');
    expect(textOf('panel-sheet-keys-deactivated')).toMatch(/Delete the old key$/);
  });

  it('the sheet of access keys asks before it rotates, and continues a rotation that has begun at once', () => {
    expect(textOf('panel-sheet-keys')).toMatch(/Rotate…$/);
    expect(markupOf('panel-sheet-keys-created')).toMatch(/<button[^>]* class="[^"]*primary[^"]*"[^>]*>Continue</);
  });

  it('the sheet of access keys says that they are rotated in a region that was there before', () => {
    expect(outcomesOf('panel-sheet-keys-working')).toEqual(['', 'Working…']);
    expect(outcomesOf('panel-sheet-keys-put-in-place')).toEqual(['', 'Working…']);
    expect(outcomesOf('panel-sheet-keys-deactivated')).toEqual([expect.stringContaining('The old key is deactivated')]);
  });
});
