import type { View } from '../src-main/contract/ipc.ts';
import type { AppError } from '../src-main/contract/app-error.ts';
import type {
  HeldSession,
  Identity,
  MfaPrompt,
  Notice,
  Profile,
  PromptIdentity,
  PromptStep,
  SessionState,
  UiState,
} from '../src-main/contract/ui-state.ts';

/** Every state that a window can show, with invented data; `at` is the moment at which they are looked at. */
export function galleryStates(at: number): Readonly<Record<string, { readonly view: View; readonly state: UiState }>> {
  const minutes = (count: number) => count * 60_000;
  const held = (of: Identity, minutesLeft: number): HeldSession => ({
    identity: of,
    issuedAt: at + minutes(minutesLeft - 480),
    expiresAt: at + minutes(minutesLeft),
  });
  const active: SessionState = { kind: 'active', ...held(alice, 479) };
  const expiring: SessionState = { kind: 'expiring', ...held(deployer, 9.5) };
  const expired: SessionState = { kind: 'expired', identity: alice, expiredAt: at - minutes(42) };
  const codeStep = (refused: AppError | null): PromptStep => ({ kind: 'enter-code', serial, refused });

  return {
    'panel-active': panel({ profiles: [profile('default', active), profile('staging', { kind: 'none' })] }),
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
      ],
    }),
    'panel-problems': panel({ problems: [brokenLine, keyWithoutSecret], profiles: [profile('default', { kind: 'none' })] }),
    'panel-empty': panel({ problems: [{ code: 'config-none', params: { file: files.credentials } }] }),
    'panel-no-access-key': panel({
      problems: [{ code: 'config-no-access-key', params: { file: files.credentials } }, brokenLine],
    }),
    'panel-nothing-known': panel({}),
    'panel-copied': withNotice({ kind: 'exports-copied', shell: 'bash', clearsAt: at + 45_000 }),
    'panel-cleared': withNotice({ kind: 'clipboard-cleared' }),
    'panel-terminal': withNotice({ kind: 'terminal-opened', terminal: 'GNOME Terminal' }),
    'panel-session-ended': withNotice({ kind: 'session-ended' }),
    'panel-failure': withNotice({ kind: 'failed', error: { code: 'terminal-none', params: {} } }),
    'mfa-finding': mfa({ kind: 'finding-device' }, { kind: 'asking' }),
    'mfa-enter': mfa(codeStep(null)),
    'mfa-renew': mfa(codeStep(null), known, 'renew'),
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
    'mfa-closed': { view: 'mfa', state: uiState({}) },
    settings: { view: 'settings', state: uiState({}) },
    'settings-custom': {
      view: 'settings',
      state: uiState({
        settings: { ...settings, sessionSeconds: 5400, terminal: 'kitty' },
        notice: {
          noticeId: 1,
          profile: null,
          kind: 'failed',
          error: { code: 'settings-unwritable', params: { reason: 'EACCES', file: '/home/alice/.config/sts-tray/settings.json' } },
        },
      }),
    },
  };

  function withNotice(notice: NoticeBody) {
    return panel({ profiles: [profile('default', active)], notice: { noticeId: 1, profile: 'default', ...notice } });
  }
}

type NoticeBody = Notice extends infer N ? (N extends Notice ? Omit<N, 'noticeId' | 'profile'> : never) : never;

const files = { config: '/home/alice/.aws/config', credentials: '/home/alice/.aws/credentials' };
const serial = 'arn:aws:iam::123456789012:mfa/alice';

const alice: Identity = {
  accountId: '123456789012',
  accountAlias: 'example-identities',
  arn: 'arn:aws:iam::123456789012:user/alice',
  userName: 'alice',
};
const deployer: Identity = {
  accountId: '210987654321',
  accountAlias: null,
  arn: 'arn:aws:iam::210987654321:user/ci/deployer',
  userName: 'ci/deployer',
};
const known: PromptIdentity = { kind: 'known', accountId: alice.accountId, userName: alice.userName, arn: alice.arn };

const network: AppError = {
  code: 'network-unreachable',
  params: { service: 'STS', reason: 'ENOTFOUND sts.eu-central-1.amazonaws.com' },
};
const brokenLine: AppError = { code: 'config-broken-line', params: { file: files.config, line: 1204 } };
const keyWithoutSecret: AppError = {
  code: 'config-key-without-secret',
  params: { file: files.credentials, profile: 'staging' },
};

const settings: UiState['settings'] = {
  language: 'system',
  sessionSeconds: 28_800,
  exportShell: 'bash',
  terminal: 'auto',
  clipboardSeconds: 45,
  notifications: true,
  mfaSerials: {},
};

function profile(name: string, session: SessionState): Profile {
  return { name, region: null, mfaSerial: null, session };
}

function uiState(changes: Partial<UiState>): UiState {
  return {
    revision: 1,
    language: 'en',
    profiles: [],
    problems: [],
    prompt: null,
    notice: null,
    settings,
    terminals: [
      { id: 'gnome-terminal', label: 'GNOME Terminal' },
      { id: 'xterm', label: 'xterm' },
    ],
    files,
    ...changes,
  };
}

function panel(changes: Partial<UiState>): { readonly view: View; readonly state: UiState } {
  return { view: 'panel', state: uiState(changes) };
}

function mfa(step: PromptStep, identity = known, purpose: MfaPrompt['purpose'] = 'start') {
  const prompt: MfaPrompt = { promptId: 'prompt-1', profile: 'default', purpose, identity, step };
  return { view: 'mfa' as const, state: uiState({ prompt }) };
}
