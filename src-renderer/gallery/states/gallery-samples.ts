import type { AppError } from '../../../src-main/contract/app-error.ts';
import type { Account, Identity, Keychain, MfaPrompt, ProfileRole, PromptIdentity, WaitingProgram, WayToAws } from '../../../src-main/contract/ui-state.ts';

// What the states of the gallery are made of; all of it is invented.

export const files = { config: '/home/alice/.aws/config', credentials: '/home/alice/.aws/credentials' };
export const serial = 'arn:aws:iam::123456789012:mfa/alice';

export const alice: Identity = {
  accountId: '123456789012',
  accountAlias: 'example-identities',
  arn: 'arn:aws:iam::123456789012:user/alice',
  userName: 'alice',
};
export const deployer: Identity = {
  accountId: '210987654321',
  accountAlias: null,
  arn: 'arn:aws:iam::210987654321:user/ci/deployer',
  userName: 'ci/deployer',
};
export const shortRole: ProfileRole = {
  roleArn: 'arn:aws:iam::222233334444:role/deploy',
  accountId: '222233334444',
  roleName: 'deploy',
  sourceProfile: 'default',
  userProfile: 'default',
  durationSeconds: 3600,
};
export const longRole: ProfileRole = {
  roleArn: 'arn:aws:iam::555566667777:role/teams/NetworkOperations',
  accountId: '555566667777',
  roleName: 'NetworkOperations',
  sourceProfile: 'default',
  userProfile: 'default',
  durationSeconds: 14_400,
};
export const deployRole: Identity = {
  accountId: shortRole.accountId,
  accountAlias: 'example-production',
  arn: 'arn:aws:sts::222233334444:assumed-role/deploy/alice',
  userName: shortRole.roleName,
};
export const networkRole: Identity = {
  accountId: longRole.accountId,
  accountAlias: null,
  arn: 'arn:aws:sts::555566667777:assumed-role/NetworkOperations/alice',
  userName: longRole.roleName,
};
export const rolePrompt: Partial<MfaPrompt> = { profile: 'network-operations', role: longRole, durationSeconds: longRole.durationSeconds };

export const terraform: WaitingProgram = {
  pid: 4711,
  command: 'terraform plan',
  folder: '/home/alice/projects/network',
  profile: 'default',
  executable: null,
  verified: true,
  peer: null,
};
export const programs: readonly WaitingProgram[] = [
  terraform,
  { pid: 48_213, command: 'aws s3', folder: null, profile: 'prod', executable: null, verified: false, peer: null },
  {
    pid: 1_048_576,
    command: 'terragrunt apply',
    folder: '/home/alice/infrastructure/live/eu-central-1/kubernetes-cluster',
    profile: 'network-operations',
    executable: null,
    verified: false,
    peer: { pid: 1_048_577, command: 'python3 evil.py' },
  },
];

export const known: PromptIdentity = { kind: 'known', accountId: alice.accountId, userName: alice.userName, arn: alice.arn };

export const network: AppError = {
  code: 'network-unreachable',
  params: { service: 'STS', reason: 'ENOTFOUND sts.eu-central-1.amazonaws.com' },
};
export const brokenLine: AppError = { code: 'config-broken-line', params: { file: files.config, line: 1204 } };
export const keyWithoutSecret: AppError = {
  code: 'config-key-without-secret',
  params: { file: files.credentials, profile: 'staging' },
};

export const roleNotAllowed: AppError = {
  code: 'role-not-allowed',
  params: { caller: alice.arn, roleArn: shortRole.roleArn },
};
export const noKeychain: Keychain = { kind: 'unavailable', error: { code: 'keychain-missing', params: {} } };

/** How the accounts are marked: one as production, the others by a colour only. */
export const accounts: Readonly<Record<string, Account>> = {
  [alice.accountId]: { accountId: alice.accountId, name: alice.accountAlias, color: 'blue', production: false },
  [deployer.accountId]: { accountId: deployer.accountId, name: null, color: 'teal', production: false },
  [deployRole.accountId]: { accountId: deployRole.accountId, name: deployRole.accountAlias, color: 'red', production: true },
  [networkRole.accountId]: { accountId: networkRole.accountId, name: null, color: 'purple', production: false },
};

export const elsewhere: WayToAws = { endpoint: 'https://sts.gateway.example.com', proxy: null, caBundle: null };
export const throughCompany: WayToAws = { endpoint: null, proxy: 'proxy.example.com:3128', caBundle: '/etc/ssl/certs/example-company-root-2026.pem' };
export const inClearEndpoint = 'http://192.0.2.10:4566';
export const inClear: AppError = { code: 'endpoint-in-clear', params: { endpoint: inClearEndpoint } };
