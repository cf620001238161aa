import type { AccountColor } from '../../../contract/settings.ts';
import type { Command } from '../../../contract/ipc.ts';
import type { SignIn } from '../../../contract/sign-in.ts';
import type { Profile, ProjectCheck, UiState } from '../../../contract/ui-state.ts';
import { groupedId } from '../../aws-names/grouped-id.ts';
import { folderName } from '../../folder-name.ts';
import { shortened } from '../../printable.ts';
import { accountOf } from '../../sessions/accounts.ts';
import { isLive, renewsItself, sessionRequest, shownLeft } from '../../sessions/session.ts';
import { durationText, type Translate } from '../../texts/translate.ts';
import { toldVersion } from '../../updates/told-version.ts';
import { markedName } from './marked-name.ts';

/** `color` is that of an account, as a dot before the label; `accelerator` is a key that does the same in the panel, as Electron names keys. */
export type MenuEntry =
  | { readonly kind: 'separator' }
  | { readonly kind: 'label'; readonly label: string; readonly color?: AccountColor }
  | { readonly kind: 'command'; readonly label: string; readonly command: Command; readonly accelerator?: string }
  | { readonly kind: 'submenu'; readonly label: string; readonly entries: readonly MenuEntry[]; readonly color?: AccountColor };

/** A menu stays usable with up to this many entries of a kind; the panel shows the rest. */
const entriesMax = 12;

/** How long a name may be in the menu, in characters: longer ones would make the menu as wide as the screen. */
const menuNameMax = 48;

const separator: MenuEntry = { kind: 'separator' };

/** The menu of the icon, in a state at a time (epoch milliseconds). */
export function trayMenu(state: UiState, now: number, t: Translate): readonly MenuEntry[] {
  return [
    ...profileEntries(state, now, t),
    ...signInEntries(state.signIns, now, t),
    separator,
    openPanel(t('tray:open-panel')),
    ...projectEntries(state, t),
    { kind: 'command', label: t('tray:history'), command: { name: 'showHistory', request: {} }, accelerator: 'CommandOrControl+Y' },
    { kind: 'command', label: t('tray:settings'), command: { name: 'openSettings', request: {} }, accelerator: 'CommandOrControl+,' },
    separator,
    ...updateEntries(state, t),
    { kind: 'command', label: t('tray:quit'), command: { name: 'quit', request: {} } },
  ];
}

function updateEntries(state: UiState, t: Translate): readonly MenuEntry[] {
  const told = toldVersion(state);
  if (told === null) return [];
  return [{ kind: 'command', label: t('tray:update', { version: told.version }), command: { name: 'openLink', request: { url: told.notes } } }];
}

/** The actions of a single profile are in the menu itself; several profiles get a submenu each, live sessions first. */
function profileEntries(state: UiState, now: number, t: Translate): readonly MenuEntry[] {
  const { profiles } = state;
  const [first, ...others] = profiles.toSorted((a, b) => rank(a) - rank(b));
  if (first === undefined) return [{ kind: 'label', label: t('tray:no-profiles') }];
  const header = (profile: Profile) => ({ label: profileLabel(profile, state, now, t), ...colorOf(profile, state) });
  if (others.length === 0) return [{ kind: 'label', ...header(first) }, ...actions(first, state, t)];

  const shown = [first, ...others].slice(0, entriesMax);
  const submenus = shown.map((profile): MenuEntry => ({ kind: 'submenu', ...header(profile), entries: actions(profile, state, t) }));
  if (profiles.length <= entriesMax) return submenus;
  return [...submenus, openPanel(t('tray:more-profiles', { count: profiles.length }))];
}

function openPanel(label: string): MenuEntry {
  return { kind: 'command', label, command: { name: 'openPanel', request: {} } };
}

function rank({ session }: Profile): number {
  if (isLive(session)) return 0;
  return session.kind === 'none' ? 2 : 1;
}

/** The colour of the account that a profile is known to lead to. */
function colorOf(profile: Profile, { accounts, settings }: UiState): { readonly color?: AccountColor } {
  const account = accounts[accountOf(profile, settings) ?? ''];
  return account === undefined ? {} : { color: account.color };
}

function profileLabel(profile: Profile, state: UiState, now: number, t: Translate): string {
  const { role, session } = profile;
  const { profiles } = state;
  const name = markedName(shortened(profile.name, menuNameMax), profile, state, t);
  switch (session.kind) {
    case 'active':
    case 'expiring': {
      const of = { profile: name, account: groupedId(session.identity.accountId) };
      if (renewsItself(profile, profiles)) return t('tray:session-renewed', of);
      return t('tray:session', { ...of, left: durationText(t, shownLeft(session, now)) });
    }
    case 'expired':
      return t('tray:session-expired', { profile: name, account: groupedId(session.identity.accountId) });
    case 'none':
      return role === null ? t('tray:session-none', { profile: name }) : t('tray:role-none', { profile: name, account: groupedId(role.accountId) });
    default:
      return t(`tray:session-${session.kind}`, { profile: name });
  }
}

function actions(profile: Profile, state: UiState, t: Translate): readonly MenuEntry[] {
  const { name, role, foreign, session } = profile;
  // A role session that is starting may have no prompt to show.
  if (session.kind === 'starting' && role !== null) return [openPanel(t('tray:open-panel'))];
  const request: MenuEntry = {
    kind: 'command',
    label: t(requestLabel(session.kind)),
    command: { name: 'requestSession', request: sessionRequest(profile) },
  };
  const accountId = accountOf(profile, state.settings);
  const copyAccount: readonly MenuEntry[] =
    accountId === null ? [] : [{ kind: 'command', label: t('tray:copy-account'), command: { name: 'copyAccountId', request: { accountId } } }];
  if (!isLive(session)) return [request, ...copyAccount];
  return [
    ...(renewsItself(profile, state.profiles) ? [] : [request]),
    { kind: 'command', label: t('tray:open-terminal'), command: { name: 'openTerminal', request: { profile: name } } },
    { kind: 'command', label: t('tray:copy-exports'), command: { name: 'copyExports', request: { profile: name } } },
    // AWS admits only sessions of roles to its console.
    ...(role === null && foreign?.kind !== 'identity-center'
      ? []
      : [{ kind: 'command', label: t('tray:open-console'), command: { name: 'openConsole', request: { profile: name } } } as const]),
    ...copyAccount,
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

/** The places where people sign in with the browser, each with what can be done there. */
function signInEntries(signIns: readonly SignIn[], now: number, t: Translate): readonly MenuEntry[] {
  if (signIns.length === 0) return [];
  const entries = signIns.slice(0, entriesMax).map(({ signInId, name, state }): MenuEntry => {
    const signIn: MenuEntry = {
      kind: 'command',
      label: t(state.kind === 'none' ? 'tray:sign-in' : 'tray:sign-in-again'),
      command: { name: 'signIn', request: { signInId } },
    };
    const signOut: MenuEntry = { kind: 'command', label: t('tray:sign-out'), command: { name: 'signOut', request: { signInId } } };
    const of = { name: shortened(name, menuNameMax) };
    switch (state.kind) {
      case 'none':
        return { kind: 'submenu', label: t('tray:signed-out', of), entries: [signIn] };
      case 'ended':
        return { kind: 'submenu', label: t('tray:sign-in-ended', of), entries: [signIn] };
      case 'active': {
        const left = state.endsAt === null ? null : durationText(t, Math.max(0, state.endsAt - now));
        return { kind: 'submenu', label: left === null ? t('tray:signed-in', of) : t('tray:signed-in-until', { ...of, left }), entries: [signIn, signOut] };
      }
    }
  });
  const rest = signIns.length > entriesMax ? [openPanel(t('tray:more-sign-ins', { count: signIns.length }))] : [];
  return [separator, ...entries, ...rest];
}

/** What the account guard found last in each project; the panel has the rest. */
function projectEntries({ settings, checks }: UiState, t: Translate): readonly MenuEntry[] {
  const folders = Object.keys(settings.projects);
  if (folders.length === 0) return [];
  const entries = folders.slice(0, entriesMax).map((folder) => {
    const project = shortened(folderName(folder), menuNameMax);
    return openPanel(t(projectLabel(checks[folder]), { project }));
  });
  const rest = folders.length > entriesMax ? [openPanel(t('tray:more-projects', { count: folders.length }))] : [];
  return [{ kind: 'submenu', label: t('tray:projects'), entries: [...entries, ...rest] }];
}

function projectLabel(check: ProjectCheck | undefined) {
  if (check === undefined) return 'tray:project-unchecked';
  return check.kind === 'checked' ? (`tray:project-${check.report.verdict}` as const) : (`tray:project-${check.kind}` as const);
}
