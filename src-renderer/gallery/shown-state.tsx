import type { Language } from '../../src-main/contract/ui-state.ts';
import { useEffect } from 'react';
import { App } from '../app.tsx';
import { galleryStates } from './states/gallery-states.ts';
import { silentApi } from './silent-api.ts';

/** The moment at which all states are shown: the gallery's clocks stand still. */
export const lookedAt = new Date(2030, 0, 2, 12).getTime();
const clock = { now: () => lookedAt, follow: () => () => undefined };
const states = galleryStates(lookedAt);

/** One window in one state, as the app itself draws it. */
export function ShownState({ name, language }: { readonly name: string; readonly language: Language }) {
  const shown = states[name];
  useEffect(() => void press(shown?.pressed ?? []), [shown]);
  if (shown === undefined) return <p>There is no state {name}.</p>;
  const state = { ...shown.state, language };
  return <App view={shown.view} api={silentApi} store={{ read: () => state, subscribe: () => () => undefined }} clock={clock} regions={[]} />;
}

async function press(selectors: readonly string[]): Promise<void> {
  for (const selector of selectors) {
    document.querySelector<HTMLElement>(selector)?.click();
    // React draws what follows from a press before this goes on.
    await Promise.resolve();
  }
}
