import type { Command } from '../contract/ipc.ts';
import type { Profile, UiState } from '../contract/ui-state.ts';
import { remaining } from './session.ts';
import { durationText, type Translate } from './translate.ts';

export type TrayIcon = 'none' | 'active' | 'expiring' | 'expired';

export type MenuEntry =
  | { readonly kind: 'separator' }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'command'; readonly label: string; readonly command: Command }
  | { readonly kind: 'submenu'; readonly label: string; readonly entries: readonly MenuEntry[] };

/** All that the tray shows. Equal models look the same, so the tray is redrawn only when they differ. */
export type TrayModel = {
  readonly icon: TrayIcon;
  readonly tooltip: string;
  readonly menu: readonly MenuEntry[];
};

/** A menu stays usable up to here; the panel shows the rest. */
const profilesInMenu = 12;

const separator: MenuEntry = { kind: 'separator' };

/** The tray of a state at a time (epoch milliseconds). */
export function trayModel(state: UiState, now: number, t: Translate): TrayModel {
  return { icon: trayIcon(state.profiles), tooltip: tooltip(state.profiles, now, t), menu: menu(state, now, t) };
}

/** The session that needs the user first decides. */
function trayIcon(profiles: readonly Profile[]): TrayIcon {
  const kinds = new Set(profiles.map(({ session }) => session.kind));
  return (['expiring', 'active', 'expired'] as const).find((kind) => kinds.has(kind)) ?? 'none';
}

function tooltip(profiles: readonly Profile[], now: number, t: Translate): string {
  const lines = profiles.flatMap(({ name, session }) => {
    switch (session.kind) {
      case 'active':
      case 'expiring':
        return [
          t('tray:tooltip-active', {
            profile: name,
            account: session.identity.accountId,
            left: durationText(t, remaining(session, now)),
          }),
        ];
      case 'expired':
        return [t('tray:tooltip-expired', { profile: name, account: session.identity.accountId })];
      default:
        return [];
    }
  });
  return lines.length === 0 ? t('tray:tooltip-none') : lines.join('\n');
}

function menu(state: UiState, now: number, t: Translate): readonly MenuEntry[] {
  return [
    ...profileEntries(state.profiles, now, t),
    separator,
    { kind: 'command', label: t('tray:open-panel'), command: { name: 'openPanel', request: {} } },
    { kind: 'command', label: t('tray:settings'), command: { name: 'openSettings', request: {} } },
    separator,
    { kind: 'command', label: t('tray:quit'), command: { name: 'quit', request: {} } },
  ];
}

/** One profile's actions lie open in the menu; several profiles get a submenu each, live sessions first. */
function profileEntries(profiles: readonly Profile[], now: number, t: Translate): readonly MenuEntry[] {
  const [first, ...others] = [...profiles].sort((a, b) => rank(a) - rank(b));
  if (first === undefined) return [{ kind: 'label', label: t('tray:no-profiles') }];
  if (others.length === 0) return [{ kind: 'label', label: profileLabel(first, now, t) }, ...actions(first, t)];

  const shown = [first, ...others].slice(0, profilesInMenu);
  const submenus = shown.map((profile): MenuEntry => {
    return { kind: 'submenu', label: profileLabel(profile, now, t), entries: actions(profile, t) };
  });
  if (profiles.length <= profilesInMenu) return submenus;
  const more = t('tray:more-profiles', { count: profiles.length });
  return [...submenus, { kind: 'command', label: more, command: { name: 'openPanel', request: {} } }];
}

function rank({ session }: Profile): number {
  return session.kind === 'none' ? 1 : 0;
}

function profileLabel({ name, session }: Profile, now: number, t: Translate): string {
  switch (session.kind) {
    case 'active':
    case 'expiring': {
      const left = durationText(t, remaining(session, now));
      return t('tray:session', { profile: name, account: session.identity.accountId, left });
    }
    case 'expired':
      return t('tray:session-expired', { profile: name, account: session.identity.accountId });
    default:
      return t(`tray:session-${session.kind}`, { profile: name });
  }
}

function actions({ name: profile, session }: Profile, t: Translate): readonly MenuEntry[] {
  const request: MenuEntry = {
    kind: 'command',
    label: t(requestLabel(session.kind)),
    command: { name: 'requestSession', request: { profile } },
  };
  if (session.kind !== 'active' && session.kind !== 'expiring') return [request];
  return [
    request,
    { kind: 'command', label: t('tray:copy-exports'), command: { name: 'copyExports', request: { profile } } },
    { kind: 'command', label: t('tray:open-terminal'), command: { name: 'openTerminal', request: { profile } } },
    { kind: 'command', label: t('tray:end-session'), command: { name: 'endSession', request: { profile } } },
  ];
}

function requestLabel(kind: Profile['session']['kind']) {
  switch (kind) {
    case 'awaiting-mfa':
    case 'starting':
      return 'tray:show-prompt';
    case 'none':
    case 'failed':
      return 'tray:start-session';
    default:
      return 'tray:renew';
  }
}
