import { describe, expect, it } from 'vitest';
import enErrors from '../../../assets/locales/en/errors.json' with { type: 'json' };
import { hostileTexts } from '../../../testing/samples/hostile-texts.ts';
import { held, heldRole, profileWith, roleProfileWith, stateWith } from '../../../testing/samples/sample-state.ts';
import { errorCodes } from '../../contract/app-error.ts';
import { trayModel } from '../desktop/tray/tray-model.ts';
import { appError } from '../errors.ts';
import { newProgramText, reminderText, terminalTitle, warningText } from './session-texts.ts';
import { errorSentences } from './translate.ts';
import { shippedTexts } from '../../../testing/texts/shipped-texts.ts';

const tooltipMax = 127;
const notificationMax = 400;

const texts = [...hostileTexts(0), hostileTexts(0).join('x'), 'a\nb', '<b>&amp;</b>', 'עברית', '{{account}}', '$t(quit)', 'x'.repeat(4096)];

/** But for a direction of its own that ends where it began. */
const rest = (text: string) => text.replaceAll(/\u2068[^\p{C}\p{Zl}\p{Zp}]*\u2069/gu, '');
/** What turns a line round or is obeyed. A tooltip has lines of its own. */
const misleads = (text: string) => /(?!\n)[\p{C}\p{Zl}\p{Zp}]|\p{Script=Hebrew}/u.test(rest(text));

/** All that the desktop is told where everything is named `text`. */
function toldWith(text: string, language: 'en' | 'ja'): { readonly lines: readonly string[]; readonly tooltip: string } {
  const t = shippedTexts[language];
  const name = `n${text}`;
  const account = { accountId: '111111111111', name, color: 'red', production: true } as const;
  const state = {
    ...stateWith(profileWith({ kind: 'active', ...held }, name), roleProfileWith({ kind: 'expired', identity: heldRole.identity, expiredAt: 0 }, `m${text}`)),
    accounts: { '111111111111': account, '222222222222': { ...account, accountId: '222222222222' } },
  };
  const { menu, tooltip } = trayModel(state, 0, t);
  const labels = (JSON.stringify(menu).match(/"label":"(?:[^"\\]|\\.)*"/g) ?? []).map((found) => String(JSON.parse(found.slice('"label":'.length))));
  const program = { pid: 7, command: name, folder: `/${text}/${text}`, executable: `/${text}`, verified: true, peer: null };
  const reminder = { folder: `/home/${text}`, deployed: { at: 0, profile: name, accountIds: ['111111111111'], remindedAt: null, destroyRanAt: null } };
  const notifications = [
    warningText(t, { kind: 'expiring', profile: name, left: 60_000 }, '111111111111'),
    warningText(t, { kind: 'expired', profile: name }, '111111111111'),
    newProgramText(t, program, { profile: name, account: '111111111111', home: '/home/alice' }),
    newProgramText(t, { ...program, verified: false, peer: { pid: 8, command: name } }, { profile: name, account: '111111111111', home: '/home/alice' }),
    reminderText(t, reminder, { now: 60_000, home: '/home/alice' }),
    reminderText(t, { ...reminder, deployed: { ...reminder.deployed, destroyRanAt: 30_000 } }, { now: 60_000, home: '/home/alice' }),
  ].flatMap(({ title, body }) => [title, body]);
  const titles = (['static', 'renewable'] as const).map((credentials) => terminalTitle(t, language, name, held, credentials, account));
  const lines = [...labels, ...notifications, ...titles];
  expect(lines.filter((line) => line.includes('n')).length).toBeGreaterThan(5);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(notificationMax);
  return { lines, tooltip };
}

describe('what the desktop is told', () => {
  it.each(['en', 'ja'] as const)(
    'what the desktop is told of any name is one line that fits and that nothing in it turns round, and the tooltip has a line for each session (%s)',
    (language) => {
      for (const text of texts) {
        const { lines, tooltip } = toldWith(text, language);
        expect(lines.filter((line) => misleads(line) || line.includes('\n'))).toEqual([]);
        expect(misleads(tooltip)).toBe(false);
        expect(tooltip.split('\n').length).toBeLessThanOrEqual(2);
        expect(tooltip.length).toBeLessThanOrEqual(tooltipMax);
      }
    },
  );

  it('what the desktop is told of a failure takes nothing in its values for an instruction, whatever these are', () => {
    const placeholders = (code: keyof typeof enErrors) => [...JSON.stringify(enErrors[code]).matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
    for (const language of ['en', 'ja'] as const) {
      const t = shippedTexts[language];
      for (const text of texts) {
        const sentences = errorCodes.map((code) => errorSentences(t, appError(code, Object.fromEntries(placeholders(code).map((name) => [name, text])))));
        expect(sentences.filter((each) => misleads(each) || each.includes('\n'))).toEqual([]);
        // A value that looks like a placeholder or a message of its own stays what it is.
        const isInstruction = text.startsWith('{{') || text.startsWith('$t');
        expect(isInstruction ? sentences.filter((each) => each.includes(text)).length : 1).toBeGreaterThan(0);
      }
    }
  });
});
