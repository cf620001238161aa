import type { HistoryRecord, SessionRecord } from '../../../src-main/contract/ledger.ts';
import type { AccessKeyInfo, Activity, ActivityEvent, RevocationPreview } from '../../../src-main/contract/sheet.ts';
import { revocationPolicyName } from '../../../src-main/core/revocation/revocation.ts';
import { alice, deployRole, networkRole, shortRole } from './gallery-samples.ts';

// What the sheets of the gallery show; all of it is invented, and the key IDs end as those of AWS's documentation do.

export const keyIds = {
  old: 'AKIAIOSFODNN7EXAMPLE',
  fresh: 'AKIAI44QH8DHBEXAMPLE',
  base: 'ASIAIOSFODNN7EXAMPLE',
  role: 'ASIAI44QH8DHBEXAMPLE',
  earlier: 'ASIAEARLIERONEXAMPLE',
  refused: 'ASIAREFUSEDONEXAMPLE',
  changed: 'ASIACHANGEDONEXAMPLE',
  revoked: 'ASIAREVOKEDONEXAMPLE',
  expired: 'ASIAEXPIREDONEXAMPLE',
};

const policyName = revocationPolicyName;

/** The time that many minutes ago, as the ledger and AWS write it. */
export type Ago = (minutes: number) => string;

export function agoFrom(at: number): Ago {
  return (minutes) => new Date(at - minutes * 60_000).toISOString();
}

/** Every kind of record, every way of handing off, and every way to end. */
export function historyRecords(ago: Ago): readonly HistoryRecord[] {
  const base = (accessKeyId: string, minutes: number, more: Partial<SessionRecord> = {}): SessionRecord => ({
    record: 'session',
    at: ago(minutes),
    profile: 'default',
    kind: 'base',
    accountId: alice.accountId,
    accountAlias: alice.accountAlias,
    arn: alice.arn,
    role: null,
    sessionName: alice.userName,
    accessKeyId,
    expiresAt: ago(minutes - 480),
    handOffs: [],
    earlierHandOffs: 0,
    ended: null,
    ...more,
  });
  const role = (accessKeyId: string, minutes: number, more: Partial<SessionRecord> = {}): SessionRecord =>
    base(accessKeyId, minutes, {
      profile: 'prod',
      kind: 'role',
      accountId: deployRole.accountId,
      accountAlias: deployRole.accountAlias,
      arn: deployRole.arn,
      role: shortRole.roleName,
      sessionName: 'alice',
      expiresAt: ago(minutes - 60),
      ...more,
    });
  return [
    role(keyIds.role, 20, {
      handOffs: [
        { at: ago(2), way: 'console', credentials: 'static', program: null },
        {
          at: ago(12),
          way: 'credential-process',
          credentials: 'static',
          program: {
            pid: 48_213,
            command: 'terraform apply',
            folder: '/home/alice/infrastructure/live/eu-central-1/kubernetes-cluster',
            verified: false,
            peer: { pid: 48_214, command: 'python3 evil.py' },
          },
        },
      ],
    }),
    base(keyIds.base, 90, {
      handOffs: [
        { at: ago(30), way: 'exec', credentials: 'renewable', program: { pid: 4711, command: 'terraform plan', folder: '/home/alice/projects/network' } },
        { at: ago(60), way: 'terminal', credentials: 'renewable', program: { pid: 4009, command: 'gnome-terminal', folder: '/home/alice' } },
        { at: ago(75), way: 'export', credentials: 'static', program: { pid: 3999, command: 'bash', folder: null, verified: false, peer: null } },
        { at: ago(80), way: 'clipboard', credentials: 'static', program: null },
      ],
      earlierHandOffs: 37,
    }),
    { record: 'access-key', at: ago(200), profile: 'default', accessKeyId: keyIds.old, change: 'deleted' },
    { record: 'access-key', at: ago(240), profile: 'default', accessKeyId: keyIds.old, change: 'deactivated' },
    { record: 'access-key', at: ago(241), profile: 'default', accessKeyId: keyIds.fresh, change: 'put-in-place' },
    { record: 'access-key', at: ago(242), profile: 'default', accessKeyId: keyIds.fresh, change: 'created' },
    { record: 'revocation-removed', at: ago(300), profile: 'default', arn: alice.arn, policyName },
    base(keyIds.earlier, 1500, { ended: { at: ago(1400), how: 'renewed' } }),
    role(keyIds.refused, 1600, { ended: { at: ago(1590), how: 'refused' } }),
    role(keyIds.changed, 1700, {
      profile: 'network-operations',
      accountId: networkRole.accountId,
      accountAlias: null,
      role: 'NetworkOperations',
      ended: { at: ago(1690), how: 'profile-changed' },
    }),
    { record: 'revoked', at: ago(1710), profile: 'default', arn: alice.arn, policyName, issuedBefore: ago(1710), neededUntil: ago(300) },
    base(keyIds.revoked, 1750, { ended: { at: ago(1710), how: 'revoked' } }),
    base(keyIds.expired, 4400, { ended: { at: ago(3920), how: 'expired' } }),
    base('ASIAENDEDBYMEEXAMPLE', 5900, { ended: { at: ago(5800), how: 'ended' } }),
  ];
}

export function activity(ago: Ago, more: Partial<Activity> = {}): Activity {
  const event = (eventId: string, minutes: number, service: string, name: string, changes: Partial<ActivityEvent> = {}): ActivityEvent => ({
    eventId,
    at: ago(minutes),
    service,
    name,
    region: 'eu-central-1',
    error: null,
    readOnly: false,
    assumed: null,
    consoleUrl: `https://eu-central-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-central-1#/events/${eventId}`,
    ...changes,
  });
  return {
    accessKeyId: keyIds.base,
    arn: alice.arn,
    regions: ['us-east-1', 'eu-central-1'],
    events: [
      event('1', 16.3, 's3', 'CreateBucket', { error: 'AccessDenied' }),
      event('2', 17, 'ec2', 'CreateManagedPrefixListWithAnUnusuallyLongName'),
      event('3', 18.2, 'sts', 'AssumeRole', { assumed: { roleArn: shortRole.roleArn, accessKeyId: keyIds.role } }),
      event('4', 19, 'ec2', 'DescribeInstances', { readOnly: true, error: 'Client.UnauthorizedOperation' }),
      event('5', 19.1, 'sts', 'GetCallerIdentity', { readOnly: true, region: 'us-east-1' }),
      event('6', 800, 'iam', 'ListAccountAliases', { readOnly: true, region: 'us-east-1', consoleUrl: null }),
    ],
    more: true,
    ...more,
  };
}

export function revocationPreview(ago: Ago, more: Partial<RevocationPreview> = {}): RevocationPreview {
  return {
    principal: { kind: 'user', name: 'alice', arn: alice.arn, accountId: alice.accountId },
    policyName,
    document: JSON.stringify(
      {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition: { DateLessThan: { 'aws:TokenIssueTime': ago(0) } } }],
      },
      null,
      2,
    ),
    neededUntil: ago(-36 * 60),
    ends: ['default', 'audit'],
    outlive: ['prod', 'network-operations'],
    consoleUrl: 'https://console.aws.amazon.com/iam/home#/users/details/alice',
    ...more,
  };
}

export const rolePrincipal: RevocationPreview['principal'] = { kind: 'role', name: shortRole.roleName, arn: shortRole.roleArn, accountId: shortRole.accountId };

const day = 24 * 60;

export function oldKey(ago: Ago, more: Partial<AccessKeyInfo> = {}): AccessKeyInfo {
  return {
    accessKeyId: keyIds.old,
    active: true,
    createdAt: ago(120 * day),
    lastUsed: { at: ago(30), service: 'sts', region: 'eu-central-1' },
    current: true,
    ...more,
  };
}

export function freshKey(ago: Ago, more: Partial<AccessKeyInfo> = {}): AccessKeyInfo {
  return { accessKeyId: keyIds.fresh, active: true, createdAt: ago(3), lastUsed: null, current: false, ...more };
}

/** A report in little. */
export function reportSample(ago: Ago, names: 'masked' | 'shown'): string {
  const [user, role, account, other] =
    names === 'masked' ? ['profile-1', 'profile-2', 'account-1', 'account-2'] : ['default', 'prod', alice.accountId, deployRole.accountId];
  return [
    '## STS Tray: report',
    `made: ${ago(0)}`,
    `account IDs and names of profiles: ${names}`,
    'app: 1.0.0',
    'runtime: Electron 39.2.0, Node 22.20.0',
    'system: linux 6.12.0 x64, debian 13',
    'desktop: gnome, session type wayland',
    '',
    '## Profiles',
    `${user}: user, access key in files, ${account}, eu-central-1, session active, 390 min left, made from a code`,
    `${role}: role, from ${user}, ${other}, eu-central-1, session active, 40 min left, made from a session`,
    '',
    '## Log, the last 6 lines',
    `${ago(480)} started app=1.0.0 electron=39.2.0 node=22.20.0 runtime=official packaged=yes platform=linux release=6.12.0 arch=x64 session=wayland desktop=gnome`,
    `${ago(480)} profiles-read users=1 roles=1 installed=0 problems=0`,
    `${ago(92)} prompt-opened for=user purpose=start`,
    `${ago(91)} prompt-step step=enter-code programs=1 code=mfa-code-used`,
    `${ago(90)} session-started kind=base`,
    `${ago(30)} failed code=network-unreachable service=STS reason=ECONNREFUSED`,
    '',
  ].join('\n');
}
