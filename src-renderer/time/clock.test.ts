import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClock } from './clock.ts';
import { waitCountdown } from './countdown.ts';

/** A window that can be shown and hidden. */
function visibility() {
  const events = new EventTarget();
  return {
    hidden: false,
    addEventListener: events.addEventListener.bind(events),
    show(visible: boolean) {
      this.hidden = !visible;
      events.dispatchEvent(new Event('visibilitychange'));
    },
  };
}

describe('the clock', () => {
  beforeEach(() => vi.useFakeTimers({ now: 0 }));
  afterEach(() => vi.useRealTimers());

  const until = (time: number) => (now: number) => waitCountdown.nextChange(time, now);

  it('the clock wakes a follower at each change and then leaves it alone', () => {
    const wake = vi.fn<() => void>();
    createClock(visibility(), Date.now).follow(until(3000), wake);
    vi.advanceTimersByTime(2999);
    expect(wake).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(60_000);
    expect(wake).toHaveBeenCalledTimes(3);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('the clock needs one timer for all followers', () => {
    const clock = createClock(visibility(), Date.now);
    const [soon, later] = [vi.fn<() => void>(), vi.fn<() => void>()];
    clock.follow(() => 60_000, later);
    clock.follow(until(1000), soon);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1000);
    expect(soon).toHaveBeenCalledTimes(1);
    expect(later).not.toHaveBeenCalled();
  });

  it('the clock does nothing while the window is hidden, and catches up when it is shown', () => {
    const page = visibility();
    const wake = vi.fn<() => void>();
    createClock(page, Date.now).follow(until(10_000), wake);
    page.show(false);
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(5000);
    expect(wake).not.toHaveBeenCalled();
    page.show(true);
    expect(wake).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1000);
    expect(wake).toHaveBeenCalledTimes(2);
  });

  it('the clock looks again after a minute at the latest, as timers stand still during sleep', () => {
    const wake = vi.fn<() => void>();
    createClock(visibility(), Date.now).follow(() => 3_600_000, wake);
    vi.setSystemTime(3_600_000);
    vi.advanceTimersByTime(60_000);
    expect(wake).toHaveBeenCalled();
  });

  it('the clock forgets a follower that has gone', () => {
    const wake = vi.fn<() => void>();
    const stop = createClock(visibility(), Date.now).follow(until(1000), wake);
    stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
