import { expect, it } from 'vitest';
import { succeeded } from '../../core/errors.ts';
import type { FoundSource } from '../../core/prompts/code-source.ts';
import { CodeDeliveries, type Recipient } from './code-deliveries.ts';
import type { CodePlace } from './code-sources.ts';

const place: CodePlace = {
  profile: 'default',
  roleAccountId: null,
  userProfile: { name: 'default' } as CodePlace['userProfile'],
  serial: 'arn:aws:iam::111111111111:mfa/alice',
};
const from = (touch: boolean): FoundSource => ({ words: ['/opt/bin/code'], program: 'code', touch, foundIn: null });

it('a source of which the user says by now that it takes a touch is asked by that, and not what was begun before', async () => {
  const asked: boolean[] = [];
  let answer = (): void => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  const deliveries = new CodeDeliveries({
    sources: {
      code: async ({ touch }) => {
        asked.push(touch);
        if (!touch) await answered;
        return succeeded('123456');
      },
    },
    now: () => 0,
  });
  const recipient = (): Recipient => ({ isPrompt: false, tell: () => {}, send: async () => null, signal: new AbortController().signal });
  const first = deliveries.join({ found: from(false), place, durationSeconds: 3_600 }, recipient());
  const second = deliveries.join({ found: from(true), place, durationSeconds: 3_600 }, recipient());
  answer();
  expect(await Promise.all([first, second])).toEqual([null, null]);
  expect(asked).toEqual([false, true]);
});
