import { Menu } from '@base-ui/react/menu';
import { Ellipsis } from 'lucide-react';
import { createContext, use, useCallback, useRef, useState, type ReactNode } from 'react';
import type { UiState } from '../../../src-main/contract/ui-state.ts';
import { useTexts } from '../../context/app-context.ts';
import { IconButton } from '../../parts/button.tsx';
import { AccountDialog } from '../../accounts/account-dialog.tsx';
import { CardMenuItems } from './card-menu-items.tsx';
import menu from './menu.module.css';

type Shown = { readonly profile: string; readonly anchor: HTMLElement; readonly closed: () => void };

/** Shows the menu of a profile at a button, or closes it when that button has it open. */
const ToggleContext = createContext<(shown: Shown) => void>(() => undefined);

/**
 * The one menu that all cards share: thousands of profiles would make thousands of menus, which
 * costs more than all the rest of the panel. Opening it renders no card again.
 */
export function CardMenu({ state, children }: { readonly state: UiState; readonly children: ReactNode }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const current = useRef<Shown | null>(null);
  const lastAnchor = useRef<HTMLElement | null>(null);
  const [marked, setMarked] = useState<string | null>(null);
  const profile = state.profiles.find(({ name }) => name === shown?.profile);

  const show = useCallback((next: Shown | null) => {
    current.current?.closed();
    current.current = next;
    if (next !== null) lastAnchor.current = next.anchor;
    setShown(next);
  }, []);
  const toggle = useCallback((next: Shown) => show(next.anchor === current.current?.anchor ? null : next), [show]);

  return (
    <ToggleContext value={toggle}>
      {children}
      <Menu.Root
        modal={false}
        open={profile !== undefined}
        onOpenChange={(open, details) => {
          if (open) return;
          // The button closes its menu itself. If the menu closed here, the button's click would open it again.
          if (belongsTo(details.event, shown?.anchor)) details.cancel();
          else show(null);
        }}
      >
        <Menu.Portal>
          <Menu.Positioner anchor={shown?.anchor ?? null} align="end" sideOffset={4} collisionPadding={8} className={menu.positioner}>
            <Menu.Popup className={menu.menu} finalFocus={lastAnchor}>
              {profile !== undefined && <CardMenuItems profile={profile} state={state} markAccount={setMarked} />}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <AccountDialog account={marked === null ? null : (state.accounts[marked] ?? null)} known={state.settings.accounts} close={() => setMarked(null)} />
    </ToggleContext>
  );
}

function belongsTo(event: Event, anchor: HTMLElement | undefined): boolean {
  const target = event instanceof FocusEvent ? event.relatedTarget : event.target;
  return target instanceof Node && anchor?.contains(target) === true;
}

/** Opens the menu of a profile's card. */
export function MoreButton({ profile }: { readonly profile: string }) {
  const { t } = useTexts();
  const toggle = use(ToggleContext);
  const [expanded, setExpanded] = useState(false);
  const closed = useCallback(() => setExpanded(false), []);
  return (
    <IconButton
      label={t('session.ofProfile', { action: t('session.more'), profile })}
      aria-haspopup="menu"
      aria-expanded={expanded}
      onClick={(event) => {
        setExpanded(true);
        toggle({ profile, anchor: event.currentTarget, closed });
      }}
    >
      <Ellipsis size={16} aria-hidden />
    </IconButton>
  );
}
