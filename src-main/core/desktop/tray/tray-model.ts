import type { Profile, UiState } from '../../../contract/ui-state.ts';
import { hoursAndMinutes } from '../../duration.ts';
import { nameMax, shortened } from '../../printable.ts';
import { isLive, renewsItself, shownEnd, shownLeft } from '../../sessions/session.ts';
import { durationText, type Translate } from '../../texts/translate.ts';
import { isProduction, markedName } from './marked-name.ts';
import { trayMenu, type MenuEntry } from './tray-menu.ts';

/** The `-production` icons have a badge. They are shown while a session of a production account can be used. */
export type TrayIcon = 'none' | 'active' | 'expiring' | 'expired' | 'active-production' | 'expiring-production';

/** All that the tray shows. Equal models look the same, so the tray is redrawn only when they differ. */
export type TrayModel = {
  readonly icon: TrayIcon;
  /** Beside the icon in the menu bar of macOS: hours and minutes left, or nothing. */
  readonly title: string;
  readonly tooltip: string;
  readonly menu: readonly MenuEntry[];
};

/** Windows cuts a tooltip off after 127 characters (NOTIFYICONDATAW, `szTip`). */
const tooltipLength = 127;
const tooltipLines = 4;

/** The tray of a state at a time (epoch milliseconds). */
export function trayModel(state: UiState, now: number, t: Translate): TrayModel {
  return { icon: trayIcon(state), title: title(state, now), tooltip: tooltip(state, now, t), menu: trayMenu(state, now, t) };
}

/** The icon for the session that needs the user first. */
function trayIcon(state: UiState): TrayIcon {
  const kinds = new Set(state.profiles.map(({ session }) => session.kind));
  const kind = (['expiring', 'active', 'expired'] as const).find((each) => kinds.has(each)) ?? 'none';
  if (kind === 'none' || kind === 'expired') return kind;
  return state.profiles.some((profile) => isLive(profile.session) && isProduction(profile, state)) ? `${kind}-production` : kind;
}

/** The time left of the session that ends first. */
function title({ profiles, settings, desktop }: UiState, now: number): string {
  if (!settings.menuBarTime || desktop.platform !== 'darwin') return '';
  const left = profiles.flatMap((profile) => (isLive(profile.session) && !renewsItself(profile, profiles) ? [shownLeft(profile.session, now)] : []));
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
    const profileName = markedName(shortened(name, nameMax), profile, state, t);
    switch (session.kind) {
      case 'active':
      case 'expiring':
        return [t('tray:tooltip-active', { profile: profileName, account: session.identity.accountId, left: durationText(t, shownLeft(session, now)) })];
      case 'expired':
        return [t('tray:tooltip-expired', { profile: profileName, account: session.identity.accountId })];
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
  return byKind === 0 && isLive(a) && isLive(b) ? shownEnd(a) - shownEnd(b) : byKind;
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
