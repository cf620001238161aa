import { expect, it } from 'vitest';
import type { AccountIds, ProjectReading, ProviderConfiguration } from '../../../contract/terraform-project.ts';
import { accountsOfUndecided, saidToAnyProgram, statedAccounts } from './stated-accounts.ts';

const [a, b] = ['111111111111', '222222222222'] as const;
const ids = (...value: string[]): AccountIds => ({ kind: 'known', value });
const provider = (address: string, allowedAccountIds: AccountIds | null, use: ProviderConfiguration['use'] = 'files'): ProviderConfiguration => ({
  ...{ address, place: null, region: null, profile: null, assumeRoles: [], ownCredentials: [] },
  ...{ allowedAccountIds, forbiddenAccountIds: null, doubts: [], foreignSource: null, use },
});
const reading = (providers: ProviderConfiguration[], more: Partial<ProjectReading> = {}): ProjectReading => ({
  ...{
    folder: '/project',
    workspace: 'default',
    providers,
    statements: [],
    backend: null,
    runsElsewhere: null,
    unreadModules: [],
    stateRoles: [],
    pastRelay: null,
  },
  ...more,
});
const none = () => false;

/** Of each provider only a check says which account is meant. */
const meantByChecks = (accounts: Readonly<Record<string, string>>): ProjectReading =>
  reading(
    Object.keys(accounts).map((address) => provider(address, null)),
    {
      statements: Object.entries(accounts).map(([address, accountId]) => ({
        ...{ by: 'check', name: `check.${address}`, expression: '…', providers: [address], place: null },
        outcomes: [
          { accounts: [accountId], outcome: 'holds' },
          { accounts: [null], outcome: 'fails' },
        ],
      })),
    },
  );

it('the accounts that a project states are those of its only provider, or of all where they are the same', () => {
  expect(statedAccounts(reading([provider('aws', ids(a, b))]), none)).toEqual([a, b]);
  expect(statedAccounts(reading([provider('aws', ids(a)), provider('aws.east', ids(a)), provider('aws.west', null)]), none)).toEqual([a]);
});

it('of what a project states only the accounts count that are right for every provider that is not placed, so that none goes where another one is meant to go', () => {
  const both = meantByChecks({ aws: a, 'aws.prod': b });
  expect(statedAccounts(both, none)).toEqual([]);
  expect(statedAccounts(both, (address) => address === 'aws')).toEqual([b]);
  expect(statedAccounts(both, () => true)).toEqual([a, b]);
});

it('an account counts beside a provider that the AWS provider itself keeps from it, but not for a program that may do anything', () => {
  const both = reading([provider('aws', ids(a)), provider('aws.prod', ids(b))]);
  expect(statedAccounts(both, none)).toEqual([a, b]);
  expect(saidToAnyProgram(both)).toEqual({ stated: [], undecided: [a, b] });
  expect(saidToAnyProgram(reading([provider('aws', ids(a, b)), provider('aws.prod', ids(b))])).stated).toEqual([b]);
});

it('a project states nothing where what a provider is meant for is not known, or only said of another one with an alias', () => {
  expect(statedAccounts(reading([provider('aws', ids(a)), provider('aws.prod', { kind: 'unknown', expression: 'var.ids' })]), none)).toEqual([]);
  expect(statedAccounts(reading([provider('aws', null), provider('aws.prod', ids(b))]), none)).toEqual([]);
});

it('a project states nothing for a module that is not read yet and for a provider that names no account ID', () => {
  const unreadModules = [{ path: 'net', reason: 'not-installed' as const }];
  expect(statedAccounts(reading([provider('aws', ids(a))], { unreadModules }), none)).toEqual([a]);
  expect(statedAccounts(reading([provider('aws.prod', ids(a))], { unreadModules }), () => true)).toEqual([]);
  expect(statedAccounts(reading([provider('aws', ids('prod'))]), none)).toEqual([]);
});

it('the only account of allowed_account_ids counts beside a condition that is not known, and one of several does not', () => {
  const unread: ProjectReading['statements'] = [{ by: 'check', name: 'check.x', expression: '…', providers: ['aws'], place: null, outcomes: [] }];
  expect(statedAccounts(reading([provider('aws', ids(a))], { statements: unread }), none)).toEqual([a]);
  expect(statedAccounts(reading([provider('aws', ids(a, b))], { statements: unread }), none)).toEqual([]);
  expect(statedAccounts(reading([provider('aws', null), provider('aws.prod', ids(a))], { statements: unread }), none)).toEqual([]);
});

it('a provider that Terraform does not configure does not count', () => {
  expect(statedAccounts(reading([provider('aws', ids(a)), provider('aws.old', null, 'nothing')]), none)).toEqual([a]);
});

it('what is meant for a provider that is not placed counts only where no other of them could reach it by mistake', () => {
  const both = meantByChecks({ aws: a, 'aws.prod': b });
  expect(accountsOfUndecided(both, none)).toEqual([]);
  expect(accountsOfUndecided(both, (address) => address === 'aws')).toEqual([b]);
  expect(saidToAnyProgram(both).undecided).toEqual([a, b]);
});

it('what is meant for the providers that are not placed is known where the files say it of each of them', () => {
  const both = reading([provider('aws', ids(a)), provider('aws.prod', ids(b))]);
  expect(accountsOfUndecided(both, none)).toEqual([a, b]);
  expect(accountsOfUndecided(both, (address) => address === 'aws')).toEqual([b]);
  expect(accountsOfUndecided(both, () => true)).toBeNull();
  expect(accountsOfUndecided(reading([provider('aws', ids(a)), provider('aws.prod', null)]), none)).toBeNull();
  const later = provider('aws.prod', { kind: 'unknown', expression: 'var.ids' });
  expect(accountsOfUndecided(reading([provider('aws', ids(a)), later]), none)).toBeNull();
});
