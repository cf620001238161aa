import { useEffect } from 'react';
import { useApp } from '../context/app-context.ts';
import { shortcutOf, type ShortcutId } from './shortcuts.ts';

/**
 * Presses the button that has the shortcut: on the card or row that has the focus, else on the first one.
 * *End session* needs the focus on its card, since a slip would cost the session.
 */
export function useShortcuts(openSheet: () => void): void {
  const { api, platform } = useApp();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const id = shortcutOf(event, platform);
      // The search field has its own listener, and a dialog keeps its keys.
      if (id === null || id === 'find' || document.querySelector('[role=dialog]') !== null) return;
      event.preventDefault();
      if (id === 'settings') void api.openSettings({});
      else if (id === 'history') void api.showHistory({});
      else if (id === 'sheet') openSheet();
      else buttonFor(id)?.click();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [api, platform, openSheet]);
}

function buttonFor(id: ShortcutId): HTMLElement | null {
  const focused = document.activeElement?.closest('article') ?? null;
  if (focused === null && id === 'end') return null;
  return focused === null ? document.querySelector<HTMLElement>(`article [data-shortcut=${id}]`) : focused.querySelector<HTMLElement>(`[data-shortcut=${id}]`);
}
