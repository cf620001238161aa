import { useCallback, useSyncExternalStore } from 'react';
import { useApp } from './app-context.ts';
import { fullDays, nextDay, nextFullDay, startOfDay, type Countdown } from '../time/countdown.ts';

/** The seconds to show until `until`; renders again only when they change. */
export function useCountdown(countdown: Countdown, until: number): number {
  const { clock } = useApp();
  const subscribe = useCallback((changed: () => void) => clock.follow((now) => countdown.nextChange(until, now), changed), [clock, countdown, until]);
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

/** Whether a moment has come; renders again once, when it does. */
export function useIsOver(until: number): boolean {
  const { clock } = useApp();
  const subscribe = useCallback((changed: () => void) => clock.follow((now) => (now < until ? until : null), changed), [clock, until]);
  const read = () => clock.now() >= until;
  return useSyncExternalStore(subscribe, read, read);
}

/** How many whole days have passed since a moment; renders again each time it is one more. */
export function useDaysSince(since: number): number {
  const { clock } = useApp();
  const subscribe = useCallback((changed: () => void) => clock.follow((now) => nextFullDay(since, now), changed), [clock, since]);
  const read = () => fullDays(since, clock.now());
  return useSyncExternalStore(subscribe, read, read);
}
