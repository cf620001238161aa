import { useEffect } from 'react';
import { useApp } from '../context/app-context.ts';
import type { ProfileShortcut } from './shortcut-target.ts';
import { shortcutOf } from './shortcuts.ts';

/** Listens for the shortcuts of the panel. `act` does what one does with a profile. */
export function useShortcuts(openSheet: () => void, act: (id: ProfileShortcut) => void): void {
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
      else act(id);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [api, platform, openSheet, act]);
}
