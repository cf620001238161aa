import type { AppError } from '../../../src-main/contract/app-error.ts';
import type { AccessKeys, AccessKeysStep, ActivityStep, HistoryStep, RevocationStep, Rotation, Sheet } from '../../../src-main/contract/sheet.ts';
import type { Project } from '../../../src-main/contract/settings.ts';
import type { Notice, SessionState } from '../../../src-main/contract/ui-state.ts';
import { alice, deployRole, network } from './gallery-samples.ts';
import {
  activity,
  agoFrom,
  freshKey,
  historyRecords,
  keyIds,
  oldKey,
  revocationPreview,
  reportSample,
  rolePrincipal,
  type Ago,
} from './gallery-sheet-samples.ts';
import { panel, profile, roleProfile, settings, type Shown, type ShownStates } from './gallery-windows.ts';

const day = 86_400_000;
const denied: AppError = { code: 'permission-denied', params: { action: 'iam:PutUserPolicy' } };

/** Every sheet in every step, and what the panel shows with them. */
export function sheetStates(at: number): ShownStates {
  const ago = agoFrom(at);
  return { ...sheets(ago, sessions(at)), ...panels(at, ago, sessions(at)) };
}

type Sessions = ReturnType<typeof sessions>;

function sessions(at: number) {
  const times = { issuedAt: at - 5_400_000, expiresAt: at + 23_400_000 };
  const active: SessionState = { kind: 'active', identity: alice, origin: 'code', ...times };
  const assumed: SessionState = { kind: 'active', identity: deployRole, origin: 'session', issuedAt: at - 1_200_000, expiresAt: at + 2_400_000 };
  return { active, assumed };
}

function sheets(ago: Ago, { active, assumed }: Sessions): ShownStates {
  const show = (sheet: Sheet): Shown => panel({ profiles: [profile('default', active), roleProfile('prod', assumed)], sheet });
  const history = (step: HistoryStep) => show({ kind: 'history', step });
  const events = (step: ActivityStep) => show({ kind: 'activity', profile: 'default', accessKeyId: null, step });
  const revocation = (step: RevocationStep) => show({ kind: 'revocation', profile: 'default', step });
  const keys = (accessKeys: AccessKeysStep) => show({ kind: 'access-keys', profile: 'default', step: accessKeys });
  const shownKeys = (changes: Partial<AccessKeys>, working = false, error: AppError | null = null) =>
    keys({ kind: 'shown', accessKeys: { userName: 'alice', keys: [oldKey(ago)], rotation: null, ...changes }, working, error });
  const rotation = (done: Rotation['done'], newKeyId: string | null = keyIds.fresh): Rotation => ({ oldKeyId: keyIds.old, newKeyId, done });
  const preview = revocationPreview(ago);
  const rolePreview = revocationPreview(ago, { principal: rolePrincipal, ends: ['prod'], outlive: [], neededUntil: ago(-60) });

  return {
    'panel-sheet-history': history({ kind: 'shown', records: historyRecords(ago), more: true }),
    'panel-sheet-history-empty': history({ kind: 'shown', records: [], more: false }),
    'panel-sheet-history-asking': history({ kind: 'asking' }),
    'panel-sheet-history-failed': history({
      kind: 'failed',
      error: { code: 'ledger-unreadable', params: { file: '/home/alice/.config/STS Tray/ledger.jsonl', reason: 'EACCES' } },
    }),
    'panel-sheet-activity': events({ kind: 'shown', activity: activity(ago), asking: false, error: null }),
    'panel-sheet-activity-asking-more': events({
      kind: 'shown',
      activity: activity(ago, { events: activity(ago).events.slice(0, 2), regions: ['eu-central-1'] }),
      asking: true,
      error: null,
    }),
    'panel-sheet-activity-error': events({
      kind: 'shown',
      activity: activity(ago, { events: activity(ago).events.slice(3, 5) }),
      asking: false,
      error: network,
    }),
    'panel-sheet-activity-empty': events({ kind: 'shown', activity: activity(ago, { events: [], more: false }), asking: false, error: null }),
    'panel-sheet-activity-asking': events({ kind: 'asking' }),
    'panel-sheet-activity-failed': events({ kind: 'failed', error: network }),
    'panel-sheet-revocation-asking': revocation({ kind: 'asking' }),
    'panel-sheet-revocation-preview': revocation({ kind: 'preview', preview }),
    'panel-sheet-revocation-preview-role': revocation({ kind: 'preview', preview: rolePreview }),
    'panel-sheet-revocation-revoking': revocation({ kind: 'revoking', preview }),
    'panel-sheet-revocation-revoked': revocation({ kind: 'revoked', preview }),
    'panel-sheet-revocation-refused': revocation({ kind: 'refused', preview, error: denied }),
    'panel-sheet-revocation-refused-role': revocation({ kind: 'refused', preview: rolePreview, error: denied }),
    'panel-sheet-revocation-failed': revocation({ kind: 'failed', error: { code: 'revoke-root', params: { profile: 'default' } } }),
    'panel-sheet-keys-asking': keys({ kind: 'asking' }),
    'panel-sheet-keys': shownKeys({}),
    'panel-sheet-keys-young': shownKeys({ keys: [oldKey(ago, { createdAt: ago(20_000), lastUsed: null })] }),
    'panel-sheet-keys-working': shownKeys({}, true),
    'panel-sheet-keys-two': shownKeys({ keys: [oldKey(ago), freshKey(ago, { active: false })] }),
    'panel-sheet-keys-begun': shownKeys({ rotation: rotation('begun', null) }, false, network),
    'panel-sheet-keys-created': shownKeys({ keys: [oldKey(ago), freshKey(ago)], rotation: rotation('created') }, false, {
      code: 'access-key-not-proven',
      params: { accessKeyId: keyIds.fresh },
    }),
    'panel-sheet-keys-put-in-place': shownKeys(
      { keys: [oldKey(ago, { current: false }), freshKey(ago, { current: true })], rotation: rotation('put-in-place') },
      true,
    ),
    'panel-sheet-keys-deactivated': shownKeys({
      keys: [oldKey(ago, { current: false, active: false }), freshKey(ago, { current: true })],
      rotation: rotation('deactivated'),
    }),
    'panel-sheet-keys-failed': keys({ kind: 'failed', error: network }),
    'panel-sheet-report': show({ kind: 'report', step: { kind: 'shown', text: reportSample(ago, 'masked'), masksAccounts: true } }),
    'panel-sheet-report-shown': show({ kind: 'report', step: { kind: 'shown', text: reportSample(ago, 'shown'), masksAccounts: false } }),
    'panel-sheet-report-asking': show({ kind: 'report', step: { kind: 'asking' } }),
    'panel-sheet-report-saved': panel({
      profiles: [profile('default', active)],
      sheet: { kind: 'report', step: { kind: 'shown', text: reportSample(ago, 'masked'), masksAccounts: true } },
      notice: { noticeId: 1, profile: null, kind: 'report-saved', file: '/home/alice/Documents/sts-tray-report.txt' },
    }),
    'panel-sheet-notice': panel({
      profiles: [profile('default', active)],
      sheet: {
        kind: 'access-keys',
        profile: 'default',
        step: { kind: 'shown', accessKeys: { userName: 'alice', keys: [freshKey(ago, { current: true })], rotation: null }, working: false, error: null },
      },
      notice: { noticeId: 1, profile: 'default', kind: 'access-key-deleted', accessKeyId: keyIds.old },
    }),
  };
}

function panels(at: number, ago: Ago, { active, assumed }: Sessions): ShownStates {
  const notice = (body: Notice): Shown => panel({ profiles: [profile('default', active)], notice: body });
  const { policyName } = revocationPreview(ago);
  return {
    'panel-revocation-removed': notice({ noticeId: 1, profile: 'default', kind: 'revocation-removed', arn: alice.arn, policyName }),
    'panel-console-opened': notice({ noticeId: 1, profile: 'prod', kind: 'console-opened' }),
    'panel-access-key-deleted': notice({ noticeId: 1, profile: 'default', kind: 'access-key-deleted', accessKeyId: keyIds.old }),
    'panel-old-key': panel({
      profiles: [profile('default', active), roleProfile('prod', assumed)],
      settings: { ...settings, accessKeyDates: { default: { accessKeyId: keyIds.old, createdAt: at - 120 * day } } },
    }),
    'panel-revocation-over': panel({
      profiles: [profile('default', active)],
      settings: {
        ...settings,
        revocations: {
          [alice.arn]: { profile: 'default', policyName, issuedBefore: at - 3 * day, neededUntil: at - day },
          'arn:aws:iam::222233334444:role/deploy': { profile: 'prod', policyName, issuedBefore: at - 1000, neededUntil: at + day },
        },
      },
    }),
    'panel-project-deployed': panel({ profiles: [profile('default', active)], settings: { ...settings, projects: deployedProjects(at) } }),
  };
}

function deployedProjects(at: number): Readonly<Record<string, Project>> {
  const project: Project = { profile: 'default', accounts: {}, runSeconds: { apply: [], destroy: [] }, remindAfterHours: null, deployed: null };
  const deployed = { at: at - 3 * 3_600_000, profile: 'default', accountIds: ['222233334444', '555566667777'], destroyRanAt: null, remindedAt: null };
  return {
    '/home/alice/projects/network': { ...project, remindAfterHours: 4, deployed },
    '/home/alice/projects/dns': { ...project, remindAfterHours: 24, deployed: { ...deployed, at: at - 2 * day, accountIds: [] } },
    '/home/alice/projects/sandbox': { ...project, deployed: { ...deployed, destroyRanAt: at - 600_000 } },
  };
}
