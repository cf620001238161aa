import { useCallback } from 'react';
import type { Profile, UiState } from '../../src-main/contract/ui-state.ts';
import { accountOf } from '../../src-main/core/sessions/accounts.ts';
import { sessionRequest } from '../../src-main/core/sessions/session.ts';
import { useApp } from '../context/app-context.ts';
import { shortcutTarget, type ProfileShortcut } from '../shortcuts/shortcut-target.ts';

/** Does what a shortcut does with a profile: with that of the card or row that has the focus, else with the first one. */
export function useProfileShortcuts(state: UiState): (id: ProfileShortcut) => void {
  const { api } = useApp();
  return useCallback(
    (id) => {
      const profileOf = (element: Element | null | undefined) => state.profiles.find(({ name }) => name === element?.getAttribute('data-profile')) ?? null;
      const shown = [...document.querySelectorAll('[data-profile]')].flatMap((element) => profileOf(element) ?? []);
      const isProduction = (profile: Profile) => state.accounts[accountOf(profile, state.settings) ?? '']?.production === true;
      const target = shortcutTarget(id, { selected: profileOf(document.activeElement?.closest('[data-profile]')), shown, isProduction });
      if (target === null) return;
      const { name: profile } = target.profile;
      if (!target.acts) firstButtonOf('profile', profile)?.focus();
      else if (id === 'copy') void api.copyExports({ profile });
      else if (id === 'terminal') void api.openTerminal({ profile });
      else if (id === 'end') void api.endSession({ profile });
      else void api.requestSession(sessionRequest(target.profile));
    },
    [api, state],
  );
}

/** The first thing to do with a profile or a project of the panel, where that is on the screen. */
export function firstButtonOf(kind: 'profile' | 'project', name: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-${kind}="${CSS.escape(name)}"] [data-row-action]`);
}
