import type { Settings } from '../../contract/settings.ts';
import type { Profile } from '../../contract/ui-state.ts';
import { withoutPerson, withoutSecrets } from '../log/redaction.ts';
import { oneLine } from '../printable.ts';
import { maskedNames, plainNames, type Names } from './masks.ts';
import { keychainText, type AppFacts, type MachineFacts, type ReportFacts } from './report-facts.ts';

/** Of how many profiles a report tells, those with a session first. */
const profilesMax = 50;

/**
 * What a maintainer needs to find a fault, in English, since it is the maintainer who gets it. No secret has a place in
 * it. With `masksAccounts` accounts and profiles are called `account-1` and `profile-1`.
 */
export function reportText(facts: ReportFacts, { masksAccounts }: { readonly masksAccounts: boolean }): string {
  const names = masksAccounts ? maskedNames() : plainNames;
  const { app, log } = facts;
  const sections = [
    section('STS Tray: report', [
      `made: ${new Date(facts.at).toISOString()}`,
      masksAccounts ? 'account IDs and names of profiles: masked' : 'account IDs and names of profiles: shown',
      ...machineLines(facts.machine),
    ]),
    ...(app === null ? [section('App', ['running: no'])] : appSections(app, facts, names)),
    section(`Log, the last ${log.lines.length} lines`, [
      ...(log.leftOut === 0 ? [] : [`(${log.leftOut} lines of another version are left out)`]),
      ...log.lines,
    ]),
  ];
  return names.text(withoutSecrets(sections.join('\n')));
}

function section(title: string, lines: readonly string[]): string {
  return `## ${title}\n${lines.map((line) => `${line}\n`).join('')}`;
}

function machineLines(machine: MachineFacts): readonly string[] {
  const { app, electron, node, platform, release, arch, distribution, session, desktop } = machine;
  return [
    `app: ${app}`,
    `runtime: ${electron === null ? '' : `Electron ${electron}, `}Node ${node}`,
    `system: ${platform} ${release} ${arch}${distribution === null ? '' : `, ${distribution}`}`,
    `desktop: ${desktop}, session type ${session}`,
  ];
}

function appSections({ state, localApi, relayRuns, runsForMs }: AppFacts, { person, at }: ReportFacts, names: Names): readonly string[] {
  const { desktop, files, settings, profiles, problems, prompt, question } = state;
  const path = (file: string): string => shortened(file, (text) => withoutPerson(text, person));
  return [
    section('App', [
      `running: yes, for ${Math.round(runsForMs / 60_000)} min`,
      `official Electron: ${desktop.unofficialRuntime === null ? 'yes' : 'no'}`,
      `tray icon: ${desktop.tray}`,
      `keychain: ${keychainText(state.keychain)}`,
      `local API: ${localApi}`,
      `relay: ${settings.relayRuns ? 'on' : 'off'}, ${relayRuns} runs open`,
      `prompt: ${prompt?.step.kind ?? 'none'}`,
      `question: ${question?.kind ?? 'none'}`,
      `terminals found: ${state.terminals.map(({ id }) => id).join(', ') || 'none'}`,
      `data folder: ${path(desktop.dataFolder)}`,
    ]),
    section('Settings', settingLines(settings, state)),
    section('AWS files', [
      `config: ${path(files.config)}`,
      `credentials: ${path(files.credentials)}`,
      ...problems.map(({ code, params: { line } }) => `problem: ${code}${typeof line === 'number' ? ` in line ${line}` : ''}`),
    ]),
    section('Profiles', profileLines(profiles, settings, at, names)),
  ];
}

/** The folder as the shell writes it; of one outside the home only the last name. */
function shortened(file: string, fromHome: (text: string) => string): string {
  const text = oneLine(fromHome(file));
  return text.startsWith('~') ? text : `…/${text.split(/[/\\]/).at(-1) ?? ''}`;
}

function settingLines(settings: Settings, { language, terminals }: AppFacts['state']): readonly string[] {
  const { proxy, terminal, awsFiles, accounts, projects } = settings;
  const own = awsFiles.config !== null || awsFiles.credentials !== null;
  return [
    `language: ${settings.language} (${language}), theme: ${settings.theme}`,
    `start at login: ${settings.startAtLogin}, menu bar time: ${settings.menuBarTime}`,
    `session length: ${settings.sessionSeconds / 60} min, notified before its end: ${settings.notifyMinutes.join(', ') || 'never'} min`,
    `shell: ${settings.exportShell}, clipboard cleared after ${settings.clipboardSeconds} s`,
    `terminal: ${terminals.some(({ id }) => id === terminal) || terminal === 'auto' ? terminal : 'one that is not found'}, credentials: ${settings.terminalCredentials}`,
    `guarded terminals: ${settings.guardTerminals}, relay: ${settings.relayRuns}, asks for new programs: ${settings.askPrograms}, one profile only: ${settings.onlyProfile}`,
    `proxy: ${proxy === '' ? 'none set here' : 'set here'}, AWS files: ${own ? 'chosen here' : 'the usual ones'}`,
    `access keys are old after ${settings.accessKeyWarnDays} days`,
    `remembered: ${Object.keys(accounts).length} accounts, ${Object.keys(projects).length} projects, ${settings.knownPrograms.length} programs, ${Object.keys(settings.revocations).length} revocations, ${Object.keys(settings.rotations).length} rotations`,
  ];
}

function profileLines(profiles: readonly Profile[], { profileAccounts }: Settings, at: number, names: Names): readonly string[] {
  const name = (profile: string): string => oneLine(names.profile(profile));
  const shown = profiles.toSorted((a, b) => Number(a.session.kind === 'none') - Number(b.session.kind === 'none')).slice(0, profilesMax);
  const left = profiles.length - shown.length;
  const lines = shown.map((profile) => {
    const { role, region, accessKey, foreign, mfaSerial, installedAs, session } = profile;
    const lastAccountId = Object.hasOwn(profileAccounts, profile.name) ? profileAccounts[profile.name] : undefined;
    const accountId = 'identity' in session ? session.identity.accountId : (role?.accountId ?? lastAccountId ?? null);
    return [
      `${name(profile.name)}: ${role !== null ? `role, from ${name(role.sourceProfile)}` : foreign !== null ? `foreign source, ${foreign.kind}` : `user, access key in ${accessKey ?? 'no place'}`}`,
      accountId === null ? 'account not known' : names.account(accountId),
      region !== null && /^[a-z]{2}(?:-[a-z]{2,10}){1,3}-\d$/.test(region) ? region : region === null ? 'no region' : 'an unusual region',
      ...(mfaSerial === null ? [] : ['mfa_serial set']),
      ...(installedAs === null ? [] : ['installed']),
      sessionText(session, at),
    ].join(', ');
  });
  return [...(profiles.length === 0 ? ['none'] : lines), ...(left === 0 ? [] : [`and ${left} more`])];
}

function sessionText(session: Profile['session'], at: number): string {
  switch (session.kind) {
    case 'active':
    case 'expiring':
      return `session ${session.kind}, ${Math.round((session.expiresAt - at) / 60_000)} min left, made from a ${session.origin}`;
    case 'failed':
      return `session failed (${session.error.code})`;
    default:
      return `session ${session.kind}`;
  }
}
