import type { AppError } from '../../contract/app-error.ts';
import type { Sheet } from '../../contract/sheet.ts';
import type { Settings } from '../../contract/settings.ts';
import type { MfaPrompt, SessionState, UiState } from '../../contract/ui-state.ts';
import { isLive } from '../sessions/session.ts';
import { failureEvent } from './failure-event.ts';
import type { LogEvent } from './log-events.ts';

/**
 * What the log says of a change of the state. What the ledger has is not among it, such as the start of a session,
 * and nothing is told twice: the state is announced again and again with most of it as it was.
 */
export function stateEvents(before: UiState, after: UiState): readonly LogEvent[] {
  const changed = (of: (state: UiState) => readonly LogEvent[]): readonly LogEvent[] => {
    const now = of(after);
    return JSON.stringify(of(before)) === JSON.stringify(now) ? [] : now;
  };
  return [
    ...changed(filesRead),
    ...changed(({ desktop }) => (desktop.tray === 'unknown' ? [] : [{ event: 'tray', state: desktop.tray }])),
    ...changed(keychainEvents),
    ...promptEvents(before, after),
    ...sessionEvents(before, after),
    ...questionEvents(before, after),
    ...settingEvents(before.settings, after.settings),
    ...failures(before, after).map(failureEvent),
  ];
}

function filesRead({ profiles, problems }: UiState): readonly LogEvent[] {
  if (profiles.length === 0 && problems.length === 0) return [];
  const roles = profiles.filter(({ role }) => role !== null).length;
  const installed = profiles.filter(({ installedAs }) => installedAs !== null).length;
  return [
    { event: 'profiles-read', users: profiles.length - roles, roles, installed, problems: problems.length },
    ...problems.map(({ code, params: { line } }): LogEvent => ({ event: 'problem', code, ...(typeof line === 'number' ? { line } : {}) })),
  ];
}

function keychainEvents({ keychain }: UiState): readonly LogEvent[] {
  if (keychain.kind === 'unasked') return [];
  return [{ event: 'keychain', state: keychain.kind, ...(keychain.kind === 'unavailable' ? { code: keychain.error.code } : {}) }];
}

function promptEvents(before: UiState, after: UiState): readonly LogEvent[] {
  const [was, is] = [before.prompt, after.prompt];
  if (was === is) return [];
  const isSame = was?.promptId === is?.promptId;
  const closed: readonly LogEvent[] = was === null || isSame ? [] : [{ event: 'prompt-closed', how: isAnswered(was, after) ? 'answered' : 'cancelled' }];
  if (is === null) return closed;
  const opened: readonly LogEvent[] = isSame ? [] : [{ event: 'prompt-opened', for: is.role === null ? 'user' : 'role', purpose: is.purpose }];
  const step = stepEvent(is);
  return [...closed, ...opened, ...(isSame && was !== null && JSON.stringify(stepEvent(was)) === JSON.stringify(step) ? [] : [step])];
}

/** A prompt that is answered closes while its code is at AWS, or after it. */
function isAnswered({ profile, step }: MfaPrompt, { profiles }: UiState): boolean {
  const session = profiles.find(({ name }) => name === profile)?.session;
  return step.kind === 'starting' && session !== undefined && isLive(session);
}

function stepEvent({ step, waiting }: MfaPrompt): LogEvent {
  const error = step.kind === 'enter-code' ? step.refused : step.kind === 'choose-device' ? step.reason : step.kind === 'failed' ? step.error : null;
  return { event: 'prompt-step', step: step.kind, programs: waiting.length, ...(error === null ? {} : { code: error.code }) };
}

function sessionEvents(before: UiState, after: UiState): readonly LogEvent[] {
  return changedSessions(before, after).flatMap((session): readonly LogEvent[] => {
    if (session.kind === 'expired') return [{ event: 'session-expired' }];
    return session.kind === 'failed' ? [failureEvent(session.error)] : [];
  });
}

function changedSessions(before: UiState, after: UiState): readonly SessionState[] {
  if (before.profiles.length !== after.profiles.length) return [];
  return after.profiles.flatMap((profile, index) => {
    const was = before.profiles[index];
    // A prompt that closes shows what it covered.
    const isCovered = before.prompt?.profile === profile.name;
    return was?.name === profile.name && was.session.kind !== profile.session.kind && !isCovered ? [profile.session] : [];
  });
}

function questionEvents(before: UiState, after: UiState): readonly LogEvent[] {
  const [was, is] = [before.question, after.question];
  if (was?.questionId === is?.questionId) return [];
  return [
    ...(was === null ? [] : [{ event: 'question', state: 'closed', kind: was.kind } as const]),
    ...(is === null ? [] : [{ event: 'question', state: 'opened', kind: is.kind } as const]),
  ];
}

type SettingGroup = Extract<LogEvent, { event: 'setting' }>['changed'];

/** To which group a setting belongs; what is not named is what the app remembers on its own. */
const groups: Partial<Record<keyof Settings, SettingGroup>> = {
  language: 'general',
  theme: 'general',
  startAtLogin: 'general',
  notifyMinutes: 'general',
  menuBarTime: 'general',
  accessKeyWarnDays: 'general',
  sessionSeconds: 'sessions',
  exportShell: 'hand-off',
  terminal: 'hand-off',
  terminalCredentials: 'hand-off',
  guardTerminals: 'hand-off',
  relayRuns: 'hand-off',
  askPrograms: 'hand-off',
  onlyProfile: 'hand-off',
  clipboardSeconds: 'hand-off',
  proxy: 'network',
  awsFiles: 'files',
  accounts: 'accounts',
  projects: 'projects',
};

function settingEvents(before: Settings, after: Settings): readonly LogEvent[] {
  if (before === after) return [];
  const changed = (Object.keys(after) as (keyof Settings)[]).filter((name) => before[name] !== after[name]);
  return [...new Set(changed.flatMap((name) => groups[name] ?? []))].map((group) => ({ event: 'setting', changed: group }));
}

/** What went wrong and was not shown before. */
function failures(before: UiState, after: UiState): readonly AppError[] {
  const known = new Set(shownErrors(before));
  return shownErrors(after).filter((error) => !known.has(error));
}

/** The errors that are shown: in a notice, in a sheet, at a project. */
function shownErrors({ notice, sheet, checks }: UiState): readonly AppError[] {
  return [
    ...(notice?.kind === 'failed' ? [notice.error] : []),
    ...(sheet === null ? [] : sheetErrors(sheet)),
    ...Object.values(checks).flatMap((check) => (check.kind === 'failed' ? [check.error] : [])),
  ];
}

function sheetErrors({ step }: Sheet): readonly AppError[] {
  return 'error' in step && step.error !== null ? [step.error] : [];
}
