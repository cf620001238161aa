/** Wakes what shows a time, exactly when the shown value changes. */
export type Clock = {
  readonly now: () => number;
  /**
   * Calls `wake` at each moment that `nextChange` names, while the window is visible, and once when it
   * becomes visible again; null means never. Returns a function that stops it.
   */
  readonly follow: (nextChange: (now: number) => number | null, wake: () => void) => () => void;
};

/** The part of `document` that says whether anybody can see the time. */
export type Visibility = Pick<Document, 'hidden' | 'addEventListener'>;

/** Timers stand still while the computer sleeps. After that a time may be out of date for at most this long, in milliseconds. */
const longestWait = 60_000;

type Follower = { readonly nextChange: (now: number) => number | null; readonly wake: () => void; due: number | null };

/** One timer for all followers, set for the earliest of them, and none while the window is hidden. */
export function createClock(visibility: Visibility, now: () => number): Clock {
  const followers = new Set<Follower>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function arm() {
    clearTimeout(timer);
    if (visibility.hidden) return;
    const dues = [...followers].flatMap(({ due }) => (due === null ? [] : [due]));
    if (dues.length === 0) return;
    timer = setTimeout(ring, Math.min(Math.max(0, Math.min(...dues) - now()), longestWait));
  }

  function ring() {
    const time = now();
    wakeAll([...followers].filter(({ due }) => due !== null && due <= time));
  }

  function wakeAll(woken: readonly Follower[]) {
    for (const follower of woken) {
      follower.due = follower.nextChange(now());
      follower.wake();
    }
    arm();
  }

  visibility.addEventListener('visibilitychange', () => {
    wakeAll(visibility.hidden ? [] : [...followers]);
  });

  return {
    now,
    follow(nextChange, wake) {
      const follower: Follower = { nextChange, wake, due: nextChange(now()) };
      followers.add(follower);
      arm();
      return () => {
        followers.delete(follower);
        arm();
      };
    },
  };
}
