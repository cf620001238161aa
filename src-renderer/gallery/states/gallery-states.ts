import errors from '../../../assets/locales/en/errors.json' with { type: 'json' };
import type { AppError } from '../../../src-main/contract/app-error.ts';
import type { Desktop } from '../../../src-main/contract/desktop/desktop.ts';
import type { HeldSession, Identity, MfaPrompt, Notice, PromptStep, SessionState } from '../../../src-main/contract/ui-state.ts';
import { accountStates } from './gallery-accounts.ts';
import { sampleProjects } from './gallery-projects.ts';
import { codeSourceStates } from './gallery-code-sources.ts';
import { portalStates } from './gallery-portal.ts';
import { signInStates } from './gallery-sign-ins.ts';
import { questionStates } from './gallery-questions.ts';
import { settingsStates } from './gallery-settings.ts';
import { sheetStates } from './gallery-sheets.ts';
import {
  alice,
  brokenLine,
  deployRole,
  deployer,
  elsewhere,
  files,
  inClear,
  inClearEndpoint,
  keyWithoutSecret,
  known,
  longRole,
  network,
  networkRole,
  noKeychain,
  programs,
  roleNotAllowed,
  rolePrompt,
  serial,
  shortRole,
  terraform,
  throughCompany,
} from './gallery-samples.ts';
import { newVersion, panel, profile, roleProfile, settings, uiState, updates, type ShownStates } from './gallery-windows.ts';

/** Every state that a window can show, with invented data; `at` is the moment at which they are shown. */
export function galleryStates(at: number): ShownStates {
  const minutes = (count: number) => count * 60_000;
  const held = (of: Identity, minutesLeft: number): HeldSession => ({
    identity: of,
    origin: 'code',
    issuedAt: at + minutes(minutesLeft - 480),
    expiresAt: at + minutes(minutesLeft),
  });
  const active: SessionState = { kind: 'active', ...held(alice, 479) };
  const expiring: SessionState = { kind: 'expiring', ...held(deployer, 9.5) };
  const expired: SessionState = { kind: 'expired', identity: alice, expiredAt: at - minutes(42) };
  const assumed: SessionState = {
    kind: 'active',
    identity: deployRole,
    origin: 'session',
    issuedAt: at - minutes(8),
    expiresAt: at + minutes(52),
  };
  const limited = { accountId: deployRole.accountId, arn: deployRole.arn, expiresAt: at + minutes(37) };
  const { projects, checks, accounts } = sampleProjects(at);
  const codeStep = (refused: AppError | null): PromptStep => ({ kind: 'enter-code', serial, refused });

  return {
    'panel-active': panel({ profiles: [profile('default', active), profile('staging', { kind: 'none' })] }),
    'panel-ready': panel({ profiles: [profile('default', active), profile('staging', { kind: 'none' })], settings: { ...settings, readyClosed: false } }),
    'panel-sessions': panel({
      profiles: [
        profile('default', active),
        profile('production-deployments-eu-central', expiring),
        profile('staging', { kind: 'none' }),
        profile('sandbox', { kind: 'awaiting-mfa' }),
        profile('audit', { kind: 'starting' }),
      ],
    }),
    'panel-ended': panel({
      profiles: [
        profile('default', expired),
        profile('staging', { kind: 'failed', error: network }),
        profile('audit', { kind: 'expired', identity: deployer, expiredAt: at - minutes(60 * 40) }),
        profile('a-profile-whose-name-is-as-long-as-names-get-in-large-organisations', { kind: 'none' }),
      ],
    }),
    'panel-roles': panel({
      profiles: [profile('default', { kind: 'none' }), roleProfile('prod', { kind: 'none' }), roleProfile('network-operations', { kind: 'none' }, longRole)],
    }),
    'panel-roles-live': panel({
      profiles: [
        profile('default', active),
        roleProfile('prod', assumed),
        roleProfile('network-operations', { kind: 'none' }, longRole),
        roleProfile('audit', { kind: 'starting' }),
      ],
    }),
    'panel-limited': panel({
      profiles: [profile('default', active), roleProfile('prod', assumed), roleProfile('network-operations', { kind: 'none' }, longRole)],
      limited: [
        { ...limited, profile: 'prod', limitId: '1', policies: ['read-only'] },
        { ...limited, profile: 'network-operations', limitId: '2', policies: ['AmazonEC2ReadOnlyAccess', 'agent-policy.json'] },
      ],
    }),
    'panel-roles-ended': panel({
      profiles: [
        profile('default', expired),
        roleProfile('prod', assumed),
        roleProfile('network-operations', { kind: 'expired', identity: networkRole, expiredAt: at - minutes(42) }, longRole),
        roleProfile('audit', { kind: 'failed', error: roleNotAllowed }),
        roleProfile('billing', { kind: 'awaiting-mfa' }, longRole),
      ],
    }),
    'panel-keychain': panel({ keychain: noKeychain, profiles: [profile('default', active), profile('staging', { kind: 'none' })] }),
    'panel-no-tray': panel({
      desktop: noTray,
      profiles: [profile('default', active)],
    }),
    'panel-unofficial-runtime': panel({
      desktop: { ...noTray, tray: 'shown', unofficialRuntime: '33.2.1' },
      profiles: [profile('default', active), profile('staging', { kind: 'none' })],
    }),
    'panel-update': panel({
      settings: { ...settings, tellUpdates: true },
      updates: { ...updates, newer: newVersion },
      profiles: [profile('default', active), profile('staging', { kind: 'none' })],
    }),
    'panel-key-kept': panel({ profiles: [{ ...profile('default', active), accessKey: 'keychain', installedAs: 'default-sts' }] }),
    'panel-problems': panel({ problems: [brokenLine, keyWithoutSecret], profiles: [profile('default', { kind: 'none' })] }),
    'panel-other-tools': panel({
      problems: [{ code: 'config-no-access-key', params: { file: files.config } }],
      otherTools: [
        { tool: 'aws-vault', keysOf: ['default', 'prod'].map((name) => ({ profile: name, command: `aws-vault export --no-session --format=json ${name}` })) },
        { tool: 'granted', keysOf: [] },
      ],
    }),
    'panel-empty': panel({ problems: [{ code: 'config-none', params: { file: files.credentials } }] }),
    'panel-empty-key': { ...panel({}), pressed: ['button[value=key]'] },
    'panel-no-access-key': panel({
      problems: [{ code: 'config-no-access-key', params: { file: files.credentials } }, brokenLine],
    }),
    'panel-nothing-known': panel({}),
    'panel-copied': withNotice({ kind: 'exports-copied', shell: 'bash', clearsAt: at + 45_000 }),
    'panel-address-copied': withNotice({ kind: 'sign-in-address-copied', name: 'corp', clearsAt: at + 45_000 }),
    'panel-cleared': withNotice({ kind: 'clipboard-cleared' }),
    'panel-terminal': withNotice({ kind: 'terminal-opened', terminal: 'GNOME Terminal' }),
    'panel-session-ended': withNotice({ kind: 'session-ended' }),
    'panel-project-removed': withNotice({ kind: 'project-removed', folder: '/home/alice/projects/network' }),
    'panel-installed': withNotice({ kind: 'profile-installed', name: 'default-sts' }),
    'panel-uninstalled': withNotice({ kind: 'profile-uninstalled', name: 'default-sts' }),
    'panel-key-to-keychain': withNotice({ kind: 'access-key-moved', to: 'keychain' }),
    'panel-key-to-file': withNotice({ kind: 'access-key-moved', to: 'files' }),
    'panel-failure': withNotice({ kind: 'failed', error: { code: 'terminal-none', params: {} } }),
    'mfa-finding': mfa({ kind: 'finding-device' }, { kind: 'asking' }),
    'mfa-enter': mfa(codeStep(null)),
    'mfa-renew': mfa(codeStep(null), known, { purpose: 'renew' }),
    'mfa-starting': mfa({ kind: 'starting', serial }),
    'mfa-wrong': mfa(codeStep({ code: 'mfa-code-wrong', params: { serial } })),
    'mfa-used': mfa(codeStep({ code: 'mfa-code-used', params: { retryAt: at + 12_000 } })),
    'mfa-clock': mfa(codeStep({ code: 'clock-behind', params: { seconds: 1260 } })),
    'mfa-network': mfa(codeStep(network), { kind: 'unknown', error: network }),
    'mfa-devices': mfa({ kind: 'choose-device', devices: [serial, `${serial}-phone`], reason: null }),
    'mfa-arn': mfa({
      kind: 'choose-device',
      devices: [],
      reason: { code: 'mfa-device-lookup-denied', params: {} },
    }),
    'mfa-failed': mfa({ kind: 'failed', error: { code: 'mfa-device-none', params: { userName: 'alice' } } }),
    'mfa-waiting': mfa(codeStep(null), known, { ...waitingFor(1), answerBy: at + 52_000 }),
    'mfa-wanted-role': mfa(codeStep(null), known, { wantedFor: { profile: 'prod', role: shortRole } }),
    'mfa-waiting-three': mfa(codeStep(null), known, waitingFor(3)),
    'mfa-waiting-many': mfa(codeStep(null), known, waitingFor(8)),
    'mfa-waiting-refused': mfa(codeStep({ code: 'mfa-code-wrong', params: { serial } }), known, waitingFor(3)),
    'mfa-elsewhere': mfa(codeStep(null), known, { way: elsewhere }),
    'mfa-proxy': mfa(codeStep(null), known, { way: throughCompany }),
    'mfa-elsewhere-waiting-refused': mfa(codeStep({ code: 'mfa-code-wrong', params: { serial } }), known, {
      ...waitingFor(3),
      way: { ...throughCompany, endpoint: 'https://sts.eu-central-1.internal-gateway.example-company.com' },
    }),
    'mfa-in-clear': mfa(codeStep(inClear), { kind: 'unknown', error: inClear }, { way: { ...elsewhere, endpoint: inClearEndpoint } }),
    'mfa-role': mfa(codeStep(null), known, rolePrompt),
    'mfa-role-waiting': mfa(codeStep(null), known, { ...rolePrompt, ...waitingFor(3) }),
    'mfa-role-refused': mfa(codeStep({ code: 'mfa-code-used', params: { retryAt: at + 12_000 } }), known, rolePrompt),
    'panel-projects': panel({ profiles: [profile('default', active)], settings: { ...settings, projects, accounts }, checks }),
    'panel-project-without-session': panel({
      profiles: [profile('default', { kind: 'none' })],
      settings: { ...settings, projects: Object.fromEntries(Object.entries(projects).slice(0, 2)) },
    }),
    ...accountStates(at),
    ...questionStates(at),
    ...errorStates(),
    ...sheetStates(at),
    'panel-no-profile-found': panel({
      profiles: Array.from({ length: 30 }, (_, index) => profile(`team-${index + 1}`, { kind: 'none' })),
      settings: { ...settings, favourites: ['team-7'], recents: ['team-3'] },
    }),
    'panel-production': panel({
      profiles: [profile('default', active), roleProfile('prod', assumed), roleProfile('network-operations', { kind: 'none' }, longRole)],
    }),
    ...codeSourceStates(at),
    ...signInStates(at),
    ...portalStates(at),
    'mfa-production': mfa(codeStep(null), known, { ...rolePrompt, role: shortRole }),
    'mfa-closed': { view: 'mfa', state: uiState({}) },
    ...settingsStates(at, active, assumed),
  };

  function withNotice(notice: NoticeBody) {
    return panel({ profiles: [profile('default', active)], notice: { noticeId: 1, profile: 'default', ...notice } });
  }
}

/** Every error that the app reports, in the card of a profile. */
function errorStates(): ShownStates {
  return Object.fromEntries(
    Object.entries(errors).map(([code, sentences]) => {
      const error = { code, params: sampleParams(`${sentences.what} ${sentences.next}`) } as AppError;
      return [`error-${code}`, panel({ profiles: [profile('default', { kind: 'failed', error })] })];
    }),
  );
}

/** A value for every placeholder: a number where the sentence counts something. */
function sampleParams(sentences: string): AppError['params'] {
  const names = [...sentences.matchAll(/{{(\w+)}}/g)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name) => [name, samples[name] ?? 'example']));
}

const samples: AppError['params'] = {
  profile: 'default',
  file: files.config,
  line: 1204,
  seconds: 90,
  status: 503,
  serial,
  roleArn: shortRole.roleArn,
  caller: alice.arn,
  service: 'STS',
  userName: alice.userName,
  accountId: alice.accountId,
  reason: 'EACCES',
  shell: 'fish',
};

const noTray: Desktop = {
  platform: 'linux',
  tray: 'missing',
  dataFolder: '/home/alice/.config/STS Tray',
  home: '/home/alice',
  unofficialRuntime: null,
  versions: { app: '0.1.0', electron: '45.4.1' },
  isWayland: false,
};

type NoticeBody = Notice extends infer N ? (N extends Notice ? Omit<N, 'noticeId' | 'profile'> : never) : never;

function waitingFor(count: number): Pick<MfaPrompt, 'waiting'> {
  return { waiting: Array.from({ length: count }, (_, index) => programs[index] ?? { ...terraform, pid: 5000 + index }) };
}

function mfa(step: PromptStep, identity = known, changes: Partial<MfaPrompt> = {}) {
  const prompt: MfaPrompt = {
    promptId: 'prompt-1',
    profile: 'default',
    userProfile: 'default',
    purpose: 'start',
    durationSeconds: 28_800,
    role: null,
    wantedFor: null,
    waiting: [],
    answerBy: null,
    identity,
    way: null,
    source: null,
    step,
    ...changes,
  };
  return { view: 'mfa' as const, state: uiState({ prompt }) };
}
