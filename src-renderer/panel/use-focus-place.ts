import { useEffect, useRef, type RefObject } from 'react';
import { firstButtonOf } from './use-profile-shortcuts.ts';

/** What had the focus last: a button of a profile or a project. */
type Place = { readonly kind: 'profile' | 'project'; readonly name: string; readonly next: string | null };

/**
 * Keeps a place for the focus, and lets the arrow keys move it. A button that is pressed may go away with what it did, as a row does whose session has
 * started; then the profile's first button has the focus, else what followed it, else the panel itself.
 */
export function useFocusPlace(panel: RefObject<HTMLElement | null>): void {
  const last = useRef<Place | null>(null);
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      if (target instanceof Element && panel.current?.contains(target)) last.current = placeOf(target);
    };
    document.addEventListener('focusin', onFocus);
    document.addEventListener('keydown', moveBetweenItems);
    return () => {
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('keydown', moveBetweenItems);
    };
  }, [panel]);
  useEffect(() => {
    const { current: place } = last;
    if (place === null || document.activeElement !== document.body || document.querySelector('[role=dialog]') !== null) return;
    const next = place.next === null ? null : firstButtonOf(place.kind, place.next);
    const target = firstButtonOf(place.kind, place.name) ?? next ?? panel.current?.querySelector<HTMLElement>('[data-row-action]');
    target?.focus();
  });
}

function placeOf(element: Element): Place | null {
  const item = element.closest('[data-profile], [data-project]');
  const kind = item?.hasAttribute('data-project') === true ? 'project' : 'profile';
  const name = item?.getAttribute(`data-${kind}`);
  if (item === null || name === null || name === undefined) return null;
  const all = [...document.querySelectorAll(`[data-${kind}]`)];
  return { kind, name, next: all[all.indexOf(item) + 1]?.getAttribute(`data-${kind}`) ?? null };
}

/** The arrow keys go to the first button of the next card, row or project; the browser scrolls it into view. */
function moveBetweenItems(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.defaultPrevented || !(event.target instanceof HTMLElement)) return;
  if (event.target.matches('input, select, textarea, [aria-expanded=true][aria-haspopup], [role=menu] *, [role=menu]')) return;
  const items = [...document.querySelectorAll('[data-profile], [data-project]')].filter((item) => item.querySelector('[data-row-action]') !== null);
  const index = items.findIndex((item) => item.contains(event.target as Node));
  const next = items[index + step]?.querySelector<HTMLElement>('[data-row-action]');
  if (index < 0 || next === null || next === undefined) return;
  event.preventDefault();
  next.focus();
}
