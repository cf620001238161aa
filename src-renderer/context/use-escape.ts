import { useEffect } from 'react';

/** Does what Escape means in a window, while `active`: not while a dialog is open, which Escape closes. */
export function useEscape(escape: () => void, active: boolean): void {
  useEffect(() => {
    if (!active) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      // While an input method composes, Escape belongs to it.
      if (event.key === 'Escape' && !event.isComposing) escape();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });
}
