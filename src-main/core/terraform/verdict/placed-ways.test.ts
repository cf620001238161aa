import { expect, it } from 'vitest';
import type { GuardRow, Verdict } from '../../../contract/guard.ts';
import type { AccountStatement, KnownText, ProjectReading, ProviderConfiguration } from '../../../contract/terraform-project.ts';
import { placedProviders, placedWays } from './placed-ways.ts';

const [a, b] = ['111111111111', '222222222222'] as const;
const hubRole = `arn:aws:iam::${a}:role/hub`;
const known = (value: string): KnownText => ({ kind: 'known', value });
const late = (expression: string): KnownText => ({ kind: 'unknown', expression });

/** A provider that assumes these roles, and of which a check says which account is meant. */
const provider = (address: string, accountId: string, ...roles: readonly KnownText[]) => ({
  accountId,
  configuration: {
    ...{ address, place: null, region: null, profile: null, ownCredentials: [], forbiddenAccountIds: null, doubts: [], foreignSource: null },
    ...{ allowedAccountIds: null, use: 'files' as const },
    assumeRoles: roles.map((roleArn) => ({ roleArn, externalId: null, sessionName: null })),
  } satisfies ProviderConfiguration as ProviderConfiguration,
});
const checkOf = (address: string, accountId: string): AccountStatement => ({
  ...{ by: 'check', name: `check.${address}`, expression: '…', providers: [address], place: null },
  outcomes: [
    { accounts: [accountId], outcome: 'holds' },
    { accounts: [null], outcome: 'fails' },
  ],
});
const row = (address: string, verdict: Verdict, accountId: string | null, ...roles: readonly string[]): Omit<GuardRow, 'place' | 'region'> => ({
  ...{ address, verdict, roles, reason: null },
  account: accountId === null ? null : { accountId, name: null, alias: null, production: false },
});
const reading = (...providers: readonly ReturnType<typeof provider>[]): ProjectReading => ({
  ...{ folder: '/project', workspace: 'default', backend: null },
  providers: providers.map(({ configuration }) => configuration),
  statements: providers.map(({ configuration, accountId }) => checkOf(configuration.address, accountId)),
  ...{ runsElsewhere: null, unreadModules: [], stateRoles: [], pastRelay: null },
});

/** The ways of a hub that matches, beside a provider for account B whose role only Terraform will know. */
const besides = (hub: readonly KnownText[], role: KnownText) => {
  const roles = hub.flatMap((text) => (text.kind === 'known' ? [text.value] : []));
  return placedWays(reading(provider('aws.hub', a, ...hub), provider('aws', b, role)), [row('aws.hub', 'match', a, ...roles), row('aws', 'at-run-time', null)]);
};

it('the way of a provider that matches is its last role, or the session as it is, each once', () => {
  const rows = [row('aws', 'match', a), row('aws.b', 'match', b, hubRole, 'target'), row('aws.c', 'match', b, 'target'), row('aws.d', 'unstated', b, 'other')];
  expect(placedWays(reading(), rows)).toEqual([
    { accountId: a, role: null },
    { accountId: b, role: 'target' },
  ]);
});

it('the session as it is does not count beside a role that a test may give in the place of AWS', () => {
  const projects = [reading(provider('aws.hub', a), provider('aws', b, late('data.aws_ssm_parameter.role.value')))];
  const rows = [row('aws.hub', 'match', a), row('aws', 'at-run-time', null)];
  expect(projects.map((one) => placedWays(one, rows))).toEqual([[{ accountId: a, role: null }]]);
  expect(projects.map((one) => placedWays({ ...one, hasMocks: true }, rows))).toEqual([[]]);
});

it('the session as it is counts beside a role that Terraform reads from AWS, which is never empty', () => {
  const expressions = [
    'data.aws_ssm_parameter.role.value',
    'data.aws_ssm_parameter.role["prod"].value',
    'data.aws_secretsmanager_secret_version.role.secret_string',
    'aws_iam_role.deploy.arn',
    'arn:aws:iam::${data.aws_ssm_parameter.account.value}:role/deploy',
  ];
  expect(expressions.map((expression) => besides([], late(expression)))).toEqual(expressions.map(() => [{ accountId: a, role: null }]));
});

it('the session as it is does not count beside a role that may turn out to be none, with which another provider would use it too', () => {
  const expressions = [
    'try(data.terraform_remote_state.hub.outputs.role, null)',
    'local.role',
    'module.hub.role',
    'var.deploy ? data.aws_ssm_parameter.role.value : null',
    // As many as there are parameters.
    'data.aws_ssm_parameter.role[*].value',
    // Empty where the project writes to insecure_value, value_wo or secret_string_wo.
    'aws_ssm_parameter.role.value',
    'aws_secretsmanager_secret_version.role.secret_string',
    'aws_cloudformation_stack.role.value',
  ];
  expect(expressions.flatMap((expression) => besides([], late(expression)))).toEqual([]);
});

it('the session as it is counts beside any role of a provider that the AWS provider itself keeps from that account', () => {
  const { configuration } = provider('aws', b, late('local.role'));
  const kept = { configuration: { ...configuration, allowedAccountIds: { kind: 'known' as const, value: [b] } }, accountId: b };
  expect(placedWays(reading(provider('aws.hub', a), kept), [row('aws.hub', 'match', a), row('aws', 'at-run-time', null)])).toEqual([
    { accountId: a, role: null },
  ]);
});

it('a role does not count beside one that may turn out to be the same, unless its account is right for both', () => {
  const both = (meant: string) =>
    placedWays(reading(provider('aws.hub', a, known(hubRole)), provider('aws', meant, late('data.aws_ssm_parameter.role.value'))), [
      row('aws.hub', 'match', a, hubRole),
      row('aws', 'at-run-time', null),
    ]);
  expect([both(b), both(a)]).toEqual([[], [{ accountId: a, role: hubRole }]]);
});

it('a role counts beside one that is known, and is only not asked about yet', () => {
  expect(besides([known(hubRole)], known(`arn:aws:iam::${b}:role/deploy`))).toEqual([{ accountId: a, role: hubRole }]);
});

it('a provider whose role leads into an account that AWS is not asked about yet is placed where that account is meant for it', () => {
  const roleIn = (account: string) => `arn:aws:iam::${account}:role/deploy`;
  const unseen = (address: string, account: string) => ({
    ...row(address, 'at-run-time', account, roleIn(account)),
    reason: { code: 'guard-account-unseen' as const, params: { role: roleIn(account), account } },
  });
  const both = reading(provider('aws', a, known(roleIn(a))), provider('aws.prod', b, known(roleIn(b))));
  expect([...placedProviders(both, [unseen('aws', a), unseen('aws.prod', a)])]).toEqual(['aws']);
  expect(placedWays(both, [unseen('aws', a), unseen('aws.prod', b)])).toEqual([
    { accountId: a, role: roleIn(a) },
    { accountId: b, role: roleIn(b) },
  ]);
});
