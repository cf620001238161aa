import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timesOf, tried } from '../../../testing/trust/times.ts';
import { wellFormed } from '../../../testing/samples/window-requests.ts';
import { commandNames } from '../../contract/command-names.ts';
import { commandSchemas, views, type View } from '../../contract/ipc.ts';
import { viewCommands, windowCommand, type WindowCommand } from './window-command.ts';

/** Values that structured clone lets a page send, and some that JSON has a reading of its own for. */
const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true, withNullPrototype: true, withSparseArray: true }),
  fc.constantFrom<unknown>(undefined, JSON.parse('{"__proto__":{"profile":"dev"}}'), JSON.parse('{"constructor":{"prototype":{"admin":true}}}'), []),
);
const name = fc.oneof(fc.constantFrom<unknown>(...commandNames, '__proto__', 'constructor', 'toString', 'hasOwnProperty', ''), junk);

const isRefusal = (sent: WindowCommand) => !sent.ok && sent.refusal.startsWith('refused: ');
/** Whether the command is one of the view's, and its request is still the same to its schema after JSON. */
const isTakenAgain = (view: View, sent: WindowCommand) =>
  sent.ok &&
  viewCommands[view].includes(sent.command.name) &&
  isDeepStrictEqual(commandSchemas[sent.command.name].parse(JSON.parse(JSON.stringify(sent.command.request))), sent.command.request);

describe('what the page of a window sends', () => {
  it('what the page of a window sends, whatever it is, becomes a command that its schema takes again or a refusal, and never throws', (context) => {
    const numRuns = timesOf({ usual: 2_000, thorough: 50_000 });
    fc.assert(
      fc.property(fc.constantFrom(...views), name, junk, (view, sentName, request) => {
        const sent = windowCommand(view, sentName, request);
        expect(isRefusal(sent) || isTakenAgain(view, sent)).toBe(true);
      }),
      { numRuns },
    );
    expect(Object.prototype).not.toHaveProperty('admin');
    expect(Object.prototype).not.toHaveProperty('profile');
    tried(context, numRuns);
  });

  it('what the page of a window sends with one value exchanged for junk, or one too many, is refused or still what the schema takes', (context) => {
    const numRuns = timesOf({ usual: 2_000, thorough: 50_000 });
    let refused = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...views),
        fc.constantFrom(...wellFormed),
        fc.nat(),
        fc.oneof(fc.constantFrom('__proto__', 'constructor', 'extra'), fc.string()),
        junk,
        (view, { name: command, request }, index, extra, value) => {
          const keys = [...Object.keys(request), extra];
          const key = keys[index % keys.length] ?? extra;
          const changed = Object.fromEntries([...Object.entries(request), [key, value]]);
          const sent = windowCommand(view, command, changed);
          if (!sent.ok) return void (refused += 1);
          expect(Object.keys(request)).toContain(key);
          expect(commandSchemas[command].parse(sent.command.request)).toEqual(sent.command.request);
        },
      ),
      { numRuns },
    );
    expect(refused).toBeGreaterThan(numRuns / 2);
    tried(context, numRuns);
  });

  it.each(views)(
    'what the page of the window %s sends is taken where the window has a control for it, and refused where only another window has one',
    (view) => {
      const taken = wellFormed.filter(({ name: command, request }) => windowCommand(view, command, request).ok).map((sent) => sent.name);
      expect(new Set(taken)).toEqual(new Set(viewCommands[view]));
    },
  );

  it('a refusal holds nothing of what the page sent', () => {
    const code = '135790';
    const texts = [windowCommand('mfa', code, {}), windowCommand('mfa', 'submitMfa', { promptId: 'p', code: `${code}1` })].map((sent) => JSON.stringify(sent));
    for (const text of texts) {
      expect(text).toContain('refused');
      expect(text).not.toContain(code);
    }
  });
});
