import { useCallback, useSyncExternalStore } from 'react';
import { useApp } from '../app-context.ts';
import { nextDay, startOfDay, type Countdown } from './countdown.ts';

/** The seconds to show until `until`; renders again only when they change. */
export function useCountdown(countdown: Countdown, until: number): number {
  const { clock } = useApp();
  const subscribe = useCallback(
    (changed: () => void) => clock.follow((now) => countdown.nextChange(until, now), changed),
    [clock, countdown, until],
  );
  const read = () => countdown.shown(until, clock.now());
  return useSyncExternalStore(subscribe, read, read);
}

/** The start of the present day; renders again at midnight. */
export function useToday(): number {
  const { clock } = useApp();
  const subscribe = useCallback((changed: () => void) => clock.follow(nextDay, changed), [clock]);
  const read = () => startOfDay(clock.now());
  return useSyncExternalStore(subscribe, read, read);
}
