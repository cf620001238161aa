import type { ApiName, requestSchemas } from '../../src-main/contract/local-api.ts';
import type { z } from 'zod';

const account = '111111111111';
const run = '00000000-0000-4000-8000-000000000000';
const limit = '0123456789abcdef0123456789abcdef01234567';
const policies = { readOnly: true, arns: [`arn:aws:iam::${account}:policy/audit`], document: { name: 'p.json', text: '{}' } };
const known = (value: string) => ({ kind: 'known' as const, value });
const provider = {
  address: 'aws',
  place: { file: 'main.tf', line: 1 },
  region: known('eu-west-1'),
  profile: null,
  assumeRoles: [{ roleArn: known(`arn:aws:iam::${account}:role/deploy`), externalId: null, sessionName: { kind: 'unknown' as const, expression: 'var.name' } }],
  ownCredentials: [],
  allowedAccountIds: { kind: 'known' as const, value: [account] },
  forbiddenAccountIds: null,
  doubts: [{ what: 'endpoints.sts', place: null }],
  foreignSource: null,
  use: 'files' as const,
};
const outcome = { accounts: [account, null], outcome: 'holds' as const };

/** A request that each name takes, with all of its fields. */
const requests: { readonly [N in ApiName]: z.input<(typeof requestSchemas)[N]> } = {
  status: {},
  login: { profile: 'default', code: '123456', durationSeconds: 3600, policies, callerLimit: limit, pid: 7 },
  'way-to-aws': { profile: 'default', durationSeconds: 3600 },
  logout: { profile: 'default' },
  'sign-ins': {},
  'portal-roles': { name: 'corp' },
  'sign-in-page': { profile: 'default' },
  'sign-in-code': { promptId: 'a prompt', code: 'a code' },
  'sign-out': { name: 'corp' },
  'credential-process': { profile: 'default', pid: 7, waitSeconds: 5, run, limit, callerLimit: limit },
  exec: { word: ['exec', 'default', '--', 'terraform', 'plan'], pid: 7, terminal: 'both' },
  'hand-off': {
    profile: 'default',
    credentials: 'static',
    minLeftSeconds: 60,
    run: { folder: '/p', workspace: 'default', kind: 'apply' },
    program: { command: 'terraform apply', folder: '/p' },
    guards: true,
    relay: {
      accounts: [account],
      typed: [],
      changes: true,
      project: {
        folder: '/p',
        workspace: 'default',
        accountIds: [account],
        undecided: null,
        onTheWay: [],
        perhapsOnTheWay: [],
        ofState: [],
        placed: [{ accountId: account, role: null }],
      },
      way: {},
      rolesOnly: false,
      repeats: true,
      typedAs: 'command-line',
      until: 'fifo',
    },
    within: run,
    policies,
    callerLimit: limit,
    pid: 7,
  },
  'relay-run': { run },
  check: {
    profile: 'default',
    reading: {
      folder: '/p',
      workspace: 'default',
      providers: [provider],
      statements: [{ by: 'check', name: 'check.account', expression: 'x', providers: ['aws'], outcomes: [outcome], place: null }],
      backend: null,
      stateRoles: [],
      runsElsewhere: { by: 'cloud', place: { file: 'main.tf', line: null } },
      unreadModules: [{ path: 'a.b', reason: 'circle' }],
      pastRelay: null,
      hasMocks: true,
    },
    accounts: [account],
    run: 'destroy',
    relay: true,
    pid: 7,
  },
  bind: { profile: 'default', folder: '/p', workspace: 'default', accountIds: [account], pid: 7 },
  terminal: { profile: 'default', directory: '/p', policies, callerLimit: limit, pid: 7 },
  install: { profile: 'default', inPlace: true, pid: 7 },
  uninstall: { profile: 'default', confirm: true, pid: 7 },
  history: { profile: 'default', account, program: 'aws', since: '2026-11-23T15:00:00Z', limit: 5 },
  activity: { profile: 'default', accessKeyId: 'ASIAIOSFODNN7EXAMPLE', regions: ['eu-west-1'], limit: 5, pid: 7 },
  revocation: { profile: 'default' },
  revoke: { profile: 'default', pid: 7 },
  'remove-revocation': { profile: 'default', pid: 7 },
  'access-keys': { profile: 'default', pid: 7 },
  rotate: { profile: 'default', pid: 7 },
  'delete-old-key': { profile: 'default', pid: 7 },
  console: { profile: 'default', service: 's3', addressOnly: true, callerLimit: limit, pid: 7 },
  accounts: {},
  'mark-account': { accountId: account, name: 'prod', color: 'red', production: true, pid: 7 },
  panel: {},
  report: { showAccounts: false },
};

export const apiRequests = Object.entries(requests) as readonly (readonly [name: ApiName, request: object])[];
