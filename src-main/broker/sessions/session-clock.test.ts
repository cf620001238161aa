import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loginSignIn, stateWith } from '../../../testing/samples/sample-state.ts';
import { UiStateStore } from '../state/ui-state-store.ts';
import { SessionClock } from './session-clock.ts';

const minute = 60_000;
const end = 12 * 60 * minute;

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

describe('the clock', () => {
  it('the clock tells 30, 10 and 2 minutes before it that a sign-in ends, also where no session counts down, and a clock that is set back tells none again', async () => {
    const { revision: _revision, ...content } = stateWith();
    const store = new UiStateStore({ ...content, signIns: [loginSignIn({ kind: 'active', since: 0, endsAt: end, identity: null })] });
    const told: number[] = [];
    const timePassed = () => undefined;
    const clock = new SessionClock({
      store,
      held: { timePassed },
      limited: { timePassed },
      now: Date.now,
      onWarning: () => undefined,
      onSignInWarning: ({ left }) => told.push(Math.round(left / minute)),
      onTick: () => undefined,
    });
    store.change({});
    await vi.advanceTimersByTimeAsync(0);
    await vi.advanceTimersByTimeAsync(end - 5 * minute);
    expect(told).toEqual([30, 10]);
    vi.setSystemTime(end - 20 * minute);
    clock.tick();
    await vi.advanceTimersByTimeAsync(13 * minute);
    expect(told).toEqual([30, 10]);
    await vi.advanceTimersByTimeAsync(10 * minute);
    expect(told).toEqual([30, 10, 2]);
    clock.dispose();
  });
});
