import type { GuardReport, GuardRow, ReachedAccount } from '../../../src-main/contract/guard.ts';
import type { Project, Settings } from '../../../src-main/contract/settings.ts';
import type { ProjectCheck, UiState } from '../../../src-main/contract/ui-state.ts';

// Terraform projects as the account guard finds them; all of it is invented.

const identities: ReachedAccount = { accountId: '123456789012', name: 'example-identities', alias: 'example-identities', production: false };
const production: ReachedAccount = { accountId: '222233334444', name: 'example-production', alias: 'example-production', production: true };
const network: ReachedAccount = { accountId: '555566667777', name: null, alias: null, production: false };

function row(address: string, more: Partial<GuardRow> = {}): GuardRow {
  return {
    address,
    place: { file: 'main.tf', line: 12 },
    roles: ['arn:aws:iam::222233334444:role/deploy'],
    region: 'eu-central-1',
    account: production,
    verdict: 'match',
    reason: null,
    ...more,
  };
}

function checked(at: number, folder: string, verdict: GuardReport['verdict'], rows: readonly GuardRow[], more: Partial<GuardReport> = {}): ProjectCheck {
  return {
    kind: 'checked',
    at,
    report: {
      folder,
      workspace: 'default',
      profile: 'default',
      verdict,
      rows,
      production: [],
      statementLines: null,
      state: { role: null, profile: null, account: null },
      boundTo: [],
      stated: [],
      obstacles: [],
      ...more,
    },
  };
}

const folders = {
  match: '/home/alice/projects/network',
  mismatch: '/home/alice/infrastructure/live/eu-central-1/kubernetes-cluster',
  unstated: '/home/alice/projects/sandbox',
  unknown: '/home/alice/projects/dns',
  failed: '/home/alice/projects/broken',
  checking: '/home/alice/projects/busy',
} as const;

const project: Project = { profile: 'default', accounts: {}, runSeconds: { apply: [], destroy: [] }, remindAfterHours: null, deployed: null };

/** One project in each state that its card can show. */
export function sampleProjects(at: number): Pick<UiState, 'checks'> & Pick<Settings, 'projects' | 'accounts'> {
  return {
    accounts: {
      [production.accountId]: { name: null, alias: production.alias, color: 'red', production: true },
      [network.accountId]: { name: 'network-hub', alias: null, color: null, production: false },
    },
    projects: {
      ...Object.fromEntries(Object.values(folders).map((folder) => [folder, project])),
      [folders.match]: { ...project, accounts: { default: [production.accountId], staging: [network.accountId, identities.accountId] } },
      '/home/alice/projects/new': { ...project, profile: null },
    },
    checks: {
      [folders.match]: checked(at, folders.match, 'match', [
        row('aws'),
        row('aws.dns', { account: network, region: 'us-east-1', roles: ['arn:aws:iam::555566667777:role/teams/NetworkOperations'] }),
      ]),
      [folders.mismatch]: checked(at, folders.mismatch, 'mismatch', [
        row('aws'),
        row('module.cluster.aws.logs', {
          account: identities,
          roles: [],
          region: null,
          verdict: 'mismatch',
          reason: { code: 'guard-unnamed', params: { provider: 'module.cluster.aws.logs', account: identities.accountId, named: production.accountId } },
        }),
      ]),
      [folders.unstated]: checked(
        at,
        folders.unstated,
        'unstated',
        [row('aws', { account: network, verdict: 'unstated', reason: { code: 'guard-unstated', params: { provider: 'aws', account: network.accountId } } })],
        { statementLines: 'allowed_account_ids = ["555566667777"]\n' },
      ),
      [folders.unknown]: checked(at, folders.unknown, 'unknown', [
        row('aws', {
          account: null,
          verdict: 'unknown',
          roles: ['arn:aws:iam::${var.account}:role/deploy'],
          reason: { code: 'guard-unknown', params: { provider: 'aws', expression: 'arn:aws:iam::${var.account}:role/deploy' } },
        }),
        row('aws.audit', {
          account: { accountId: '777788889999', name: null, alias: null, production: false },
          verdict: 'at-run-time',
          roles: ['arn:aws:iam::777788889999:role/Audit'],
          reason: { code: 'guard-account-unseen', params: { role: 'arn:aws:iam::777788889999:role/Audit', account: '777788889999' } },
        }),
      ]),
      [folders.failed]: {
        kind: 'failed',
        error: {
          code: 'project-broken',
          params: { file: 'network.tf', line: 41, reason: 'Invalid expression; Expected the start of an expression, but found an invalid expression token.' },
        },
      },
      [folders.checking]: { kind: 'checking' },
    },
  };
}
