import type { UiState } from '../../../contract/ui-state.ts';

/** How long after the panel was left a click may still be the one that it was left by, in milliseconds. Panels of desktops take the focus before they tell of the click. */
const sameClickMs = 500;

/** The panel at a click on the tray's icon. */
export type PanelNow = {
  /** `popover`: on the screen without a frame, `pinned` above other programs; `window`: as an ordinary window. */
  readonly open: 'closed' | 'popover' | 'pinned' | 'window';
  readonly isFocused: boolean;
  /** How long ago it lost the focus, or was closed for that, in milliseconds; null for never. */
  readonly leftMsAgo: number | null;
};

/** What a click on the tray's icon does: it opens the panel, and a second one closes it. One behind others comes to the front first: a popover that is left stays only with something unfinished in it. */
export function panelClick({ open, isFocused, leftMsAgo }: PanelNow): 'open' | 'close' | 'raise' | 'nothing' {
  const wasLeftByIt = leftMsAgo !== null && leftMsAgo < sameClickMs;
  if (open === 'closed') return wasLeftByIt ? 'nothing' : 'open';
  // Some compositors never say that a popover has the focus, nor that it has lost it.
  const isInFront = isFocused || open === 'pinned' || (open === 'popover' && leftMsAgo === null);
  return isInFront || wasLeftByIt ? 'close' : 'raise';
}

/** Whether the tray shows the panel without a frame. The first run is an ordinary window: somebody has to go back and forth between it and a browser. */
export function showsPopover({ profiles, desktop }: Pick<UiState, 'profiles' | 'desktop'>): boolean {
  return profiles.length > 0 && desktop.tray !== 'missing';
}

/** Whether the panel stays where it is when the user goes to another program: it is pinned, or in the middle of something. */
export function staysWhenLeft({ settings, profiles, prompt, question, signInPrompt, sheet }: UiState): boolean {
  return settings.panelPinned || profiles.length === 0 || prompt !== null || question !== null || signInPrompt !== null || sheet !== null;
}
