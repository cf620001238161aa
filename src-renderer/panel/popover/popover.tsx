import { Pin, PinOff } from 'lucide-react';
import { useEffect, useLayoutEffect } from 'react';
import type { UiState } from '../../../src-main/contract/ui-state.ts';
import { useApp } from '../../context/app-context.ts';
import { IconButton } from '../../parts/button.tsx';
import './popover.css';

/** How long the focus may be away before the panel counts as left, in milliseconds: a list or an input method may have it for a moment. */
const awayMs = 200;

/** Whether this is the panel as a click on the tray's icon shows it. A panel that is only drawn to text, as in tests, has no address. */
export function isPopover(): boolean {
  return typeof window !== 'undefined' && new URLSearchParams(window.location.search).has('popover');
}

/** Closes the panel that the tray shows on Escape, and when the user goes to another program; never in the middle of something. */
export function usePopover({ notice }: Pick<UiState, 'notice'>): void {
  const { api } = useApp();
  const popover = isPopover();
  useLayoutEffect(() => {
    if (popover) document.documentElement.dataset['popover'] = '';
  }, [popover]);
  useEffect(() => {
    if (!popover) return;
    // Escape takes the notice away first.
    let isAnswered = false;
    // What Escape belongs to may be gone once the key has come up to the document.
    const onKeyDownFirst = (event: KeyboardEvent) => (isAnswered = event.key === 'Escape' && (notice !== null || isUnfinished()));
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing && !isAnswered) void api.leavePanel({ by: 'key' });
    };
    document.addEventListener('keydown', onKeyDownFirst, { capture: true });
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDownFirst, { capture: true });
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [popover, api, notice]);
  // Apart: a notice that comes as the user goes, such as that of an opened terminal, is not to keep the panel there.
  useEffect(() => {
    if (!popover) return;
    let away: number | undefined;
    const onBlur = () => {
      away = window.setTimeout(() => {
        if (!isUnfinished()) void api.leavePanel({ by: 'focus' });
      }, awayMs);
    };
    const onFocus = () => window.clearTimeout(away);
    window.addEventListener('blur', onBlur);
    window.addEventListener('focus', onFocus);
    return () => {
      window.clearTimeout(away);
      window.removeEventListener('blur', onBlur);
      window.removeEventListener('focus', onFocus);
    };
  }, [popover, api]);
}

/** Keeps the panel on the screen that the tray shows, when the user goes to another program. An ordinary window stays anyway. */
export function PinButton({ pinned }: { readonly pinned: boolean }) {
  const { api, texts } = useApp();
  if (!isPopover()) return null;
  const Icon = pinned ? PinOff : Pin;
  return (
    <IconButton label={texts.t('panel.pin')} aria-pressed={pinned} onClick={() => void api.pinPanel({ pinned: !pinned })}>
      <Icon size={16} aria-hidden />
    </IconButton>
  );
}

/** Has the window only hidden by a click on the tray's icon while somebody has typed something, and shown again by the next one. */
export function useKeepsTyped(): void {
  useEffect(() => {
    const onBeforeUnload = (event: BeforeUnloadEvent) => {
      if (hasTyped()) event.preventDefault();
    };
    window.addEventListener('beforeunload', onBeforeUnload);
    return () => window.removeEventListener('beforeunload', onBeforeUnload);
  }, []);
}

/** Whether something is open in front of the panel, or a field of it has what somebody typed. */
function isUnfinished(): boolean {
  if (document.querySelector('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]') !== null) return true;
  return hasTyped();
}

function hasTyped(): boolean {
  return [...document.querySelectorAll<HTMLInputElement>('input:not([type=checkbox], [type=radio]), textarea')].some(({ value }) => value !== '');
}
