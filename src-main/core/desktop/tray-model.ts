import type { Command } from '../../contract/ipc.ts';
import type { Profile, UiState } from '../../contract/ui-state.ts';
import { hoursAndMinutes } from '../duration.ts';
import { nameMax, shortened } from '../printable.ts';
import { accountOf } from '../sessions/accounts.ts';
import { isLive, remaining, renewsItself, sessionRequest } from '../sessions/session.ts';
import { durationText, type Translate } from '../texts/translate.ts';

/** The `-production` icons have a badge. They are shown while a session of a production account can be used. */
export type TrayIcon = 'none' | 'active' | 'expiring' | 'expired' | 'active-production' | 'expiring-production';

export type MenuEntry =
  | { readonly kind: 'separator' }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'command'; readonly label: string; readonly command: Command }
  | { readonly kind: 'submenu'; readonly label: string; readonly entries: readonly MenuEntry[] };

/** All that the tray shows. Equal models look the same, so the tray is redrawn only when they differ. */
export type TrayModel = {
  readonly icon: TrayIcon;
  /** Beside the icon in the menu bar of macOS: hours and minutes left, or nothing. */
  readonly title: string;
  readonly tooltip: string;
  readonly menu: readonly MenuEntry[];
};

/** A menu stays usable with up to this many profiles; the panel shows the rest. */
const profilesInMenu = 12;

/** Windows cuts a tooltip off after 127 characters (NOTIFYICONDATAW, `szTip`). */
const tooltipLength = 127;
const tooltipLines = 4;

const separator: MenuEntry = { kind: 'separator' };

/** The tray of a state at a time (epoch milliseconds). */
export function trayModel(state: UiState, now: number, t: Translate): TrayModel {
  return { icon: trayIcon(state), title: title(state, now), tooltip: tooltip(state, now, t), menu: menu(state, now, t) };
}

/** The icon for the session that needs the user first. */
function trayIcon(state: UiState): TrayIcon {
  const kinds = new Set(state.profiles.map(({ session }) => session.kind));
  const kind = (['expiring', 'active', 'expired'] as const).find((each) => kinds.has(each)) ?? 'none';
  if (kind === 'none' || kind === 'expired') return kind;
  return state.profiles.some((profile) => isLive(profile.session) && isProduction(profile, state)) ? `${kind}-production` : kind;
}

function isProduction(profile: Profile, { accounts, settings }: UiState): boolean {
  return accounts[accountOf(profile, settings) ?? '']?.production ?? false;
}

/** A text about a profile, with a word that marks it when its account is a production account. */
function marked(text: string, profile: Profile, state: UiState, t: Translate): string {
  return isProduction(profile, state) ? t('tray:production', { text }) : text;
}

/** The time left of the session that ends first. */
function title({ profiles, settings, desktop }: UiState, now: number): string {
  if (!settings.menuBarTime || desktop.platform !== 'darwin') return '';
  const left = profiles.flatMap((profile) => (isLive(profile.session) && !renewsItself(profile, profiles) ? [remaining(profile.session, now)] : []));
  if (left.length === 0) return '';
  const { hours, minutes } = hoursAndMinutes(Math.min(...left));
  return `${hours}:${String(minutes).padStart(2, '0')}`;
}

/** The sessions, the most urgent first. One that is renewed silently is left out: the session that it comes from is shown. */
function tooltip(state: UiState, now: number, t: Translate): string {
  const { profiles } = state;
  const shown = profiles.filter((profile) => profile.session.kind in urgency && !renewsItself(profile, profiles));
  const lines = shown.toSorted(byUrgency).flatMap((profile) => {
    const { name, session } = profile;
    switch (session.kind) {
      case 'active':
      case 'expiring':
        return [
          marked(
            t('tray:tooltip-active', {
              profile: shortened(name, nameMax),
              account: session.identity.accountId,
              left: durationText(t, remaining(session, now)),
            }),
            profile,
            state,
            t,
          ),
        ];
      case 'expired':
        return [marked(t('tray:tooltip-expired', { profile: shortened(name, nameMax), account: session.identity.accountId }), profile, state, t)];
      default:
        return [];
    }
  });
  return lines.length === 0 ? t('tray:tooltip-none') : tooltipText(lines);
}

/** As in the icon: what needs the user soon, then what is in use, then what has run out. */
const urgency: Readonly<Partial<Record<Profile['session']['kind'], number>>> = { expiring: 0, active: 1, expired: 2 };

function byUrgency({ session: a }: Profile, { session: b }: Profile): number {
  const byKind = (urgency[a.kind] ?? 0) - (urgency[b.kind] ?? 0);
  return byKind === 0 && isLive(a) && isLive(b) ? a.expiresAt - b.expiresAt : byKind;
}

/** Whole lines only, as many as fit; the first one in any case. An ellipsis says that there are more. */
function tooltipText(lines: readonly string[]): string {
  const whole = lines.join('\n');
  if (lines.length <= tooltipLines && whole.length <= tooltipLength) return whole;
  const more = '\n…';
  let text = lines[0] ?? '';
  for (const line of lines.slice(1, tooltipLines - 1)) {
    if (text.length + 1 + line.length + more.length > tooltipLength) break;
    text += `\n${line}`;
  }
  return text + more;
}

function menu(state: UiState, now: number, t: Translate): readonly MenuEntry[] {
  return [
    ...profileEntries(state, now, t),
    separator,
    openPanel(t('tray:open-panel')),
    { kind: 'command', label: t('tray:settings'), command: { name: 'openSettings', request: {} } },
    separator,
    { kind: 'command', label: t('tray:quit'), command: { name: 'quit', request: {} } },
  ];
}

/** The actions of a single profile are in the menu itself; several profiles get a submenu each, live sessions first. */
function profileEntries(state: UiState, now: number, t: Translate): readonly MenuEntry[] {
  const { profiles } = state;
  const [first, ...others] = profiles.toSorted((a, b) => rank(a) - rank(b));
  if (first === undefined) return [{ kind: 'label', label: t('tray:no-profiles') }];
  const label = (profile: Profile) => marked(profileLabel(profile, profiles, now, t), profile, state, t);
  if (others.length === 0) return [{ kind: 'label', label: label(first) }, ...actions(first, profiles, t)];

  const shown = [first, ...others].slice(0, profilesInMenu);
  const submenus = shown.map((profile): MenuEntry => {
    return { kind: 'submenu', label: label(profile), entries: actions(profile, profiles, t) };
  });
  if (profiles.length <= profilesInMenu) return submenus;
  return [...submenus, openPanel(t('tray:more-profiles', { count: profiles.length }))];
}

function openPanel(label: string): MenuEntry {
  return { kind: 'command', label, command: { name: 'openPanel', request: {} } };
}

function rank({ session }: Profile): number {
  if (isLive(session)) return 0;
  return session.kind === 'none' ? 2 : 1;
}

function profileLabel(profile: Profile, profiles: readonly Profile[], now: number, t: Translate): string {
  const { role, session } = profile;
  const name = shortened(profile.name, nameMax);
  switch (session.kind) {
    case 'active':
    case 'expiring': {
      const of = { profile: name, account: session.identity.accountId };
      if (renewsItself(profile, profiles)) return t('tray:session-renewed', of);
      return t('tray:session', { ...of, left: durationText(t, remaining(session, now)) });
    }
    case 'expired':
      return t('tray:session-expired', { profile: name, account: session.identity.accountId });
    case 'none':
      return role === null ? t('tray:session-none', { profile: name }) : t('tray:role-none', { profile: name, account: role.accountId });
    default:
      return t(`tray:session-${session.kind}`, { profile: name });
  }
}

function actions(profile: Profile, profiles: readonly Profile[], t: Translate): readonly MenuEntry[] {
  const { name, role, session } = profile;
  // A role session that is starting may have no prompt to show.
  if (session.kind === 'starting' && role !== null) return [openPanel(t('tray:open-panel'))];
  const request: MenuEntry = {
    kind: 'command',
    label: t(requestLabel(session.kind)),
    command: { name: 'requestSession', request: sessionRequest(profile) },
  };
  if (!isLive(session)) return [request];
  return [
    ...(renewsItself(profile, profiles) ? [] : [request]),
    { kind: 'command', label: t('tray:copy-exports'), command: { name: 'copyExports', request: { profile: name } } },
    { kind: 'command', label: t('tray:open-terminal'), command: { name: 'openTerminal', request: { profile: name } } },
    { kind: 'command', label: t('tray:end-session'), command: { name: 'endSession', request: { profile: name } } },
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
