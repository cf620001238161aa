import { describe, expect, it } from 'vitest';
import type { AccountIds, AccountStatement, ProjectReading, ProviderConfiguration } from '../../../contract/terraform-project.ts';
import { appError } from '../../errors.ts';
import { judge, worst, type Meant, type Reached } from './verdict.ts';

const [a, b, c] = ['111111111111', '222222222222', '333333333333'] as const;

const ids = (...value: string[]): AccountIds => ({ kind: 'known', value });
const provider = (more: Partial<ProviderConfiguration> = {}): ProviderConfiguration => ({
  address: 'aws',
  place: { file: 'main.tf', line: 1 },
  region: null,
  profile: null,
  assumeRoles: [],
  ownCredentials: [],
  allowedAccountIds: null,
  forbiddenAccountIds: null,
  doubts: [],
  foreignSource: null,
  use: 'files',
  ...more,
});
const role = (roleArn: string) => [{ roleArn: { kind: 'known' as const, value: roleArn }, externalId: null, sessionName: null }];
/** A condition that holds for these accounts, and for no other; unknown without any row. */
const check = (accounts: AccountIds, of = 'aws'): AccountStatement => ({
  by: 'check',
  name: 'check.account',
  expression: accounts.kind === 'known' ? 'a condition' : accounts.expression,
  providers: [of],
  outcomes: accounts.kind === 'known' ? [...accounts.value.map((id) => row(id, 'holds')), row(null, 'fails')] : [],
  place: { file: 'main.tf', line: 9 },
});
const row = (account: string | null, outcome: 'holds' | 'fails' | 'unknown') => ({ accounts: [account], outcome });
const reading = (providers: ProviderConfiguration[], statements: AccountStatement[] = []): ProjectReading => ({
  folder: '/project',
  workspace: 'default',
  providers,
  statements,
  backend: null,
  runsElsewhere: null,
  unreadModules: [],
  stateRoles: [],
  pastRelay: null,
});
const meant = (more: Partial<Meant> = {}): Meant => ({ profiles: ['default'], boundTo: [], accounts: [], relayed: false, ...more });

function judged(
  of: ProviderConfiguration,
  reached: Reached,
  more: { readonly statements?: AccountStatement[]; readonly others?: ProviderConfiguration[]; readonly meant?: Meant } = {},
) {
  const { verdict, reason } = judge(of, reached, reading([of, ...(more.others ?? [])], more.statements), more.meant ?? meant());
  return [verdict, reason?.code ?? null, reason?.params ?? null] as const;
}

describe('the verdict on a provider', () => {
  it('is never a match where AWS answers with another account than that of its role', () => {
    const inB = provider({ assumeRoles: role(`arn:aws:iam::${b}:role/deploy`) });
    const contradicted = ['mismatch', 'guard-mismatch', { provider: 'aws', account: a, meant: b, source: 'role_arn' }];
    for (const accounts of [[a], [a, b]]) {
      const named = ids(...accounts);
      expect(judged({ ...inB, allowedAccountIds: named }, { accountId: a })).toEqual(contradicted);
      expect(judged(inB, { accountId: a }, { statements: [check(named)] })).toEqual(contradicted);
      expect(judged(inB, { accountId: a }, { meant: meant({ accounts, relayed: true }) })).toEqual(contradicted);
      expect(judged(inB, { accountId: a }, { meant: meant({ boundTo: accounts }) })).toEqual(contradicted);
    }
  });

  it('is a match where its account is what a check, allowed_account_ids, the binding or --account says', () => {
    expect(judged(provider(), { accountId: b }, { statements: [check(ids(b))] })).toEqual(['match', null, null]);
    expect(judged(provider({ allowedAccountIds: ids(a, b) }), { accountId: b })[0]).toBe('match');
    expect(judged(provider(), { accountId: b }, { meant: meant({ boundTo: [b] }) })[0]).toBe('match');
    expect(judged(provider(), { accountId: b }, { meant: meant({ accounts: [b] }) })[0]).toBe('match');
    expect(judged(provider(), { accountId: b }, { meant: meant({ accounts: [a, b] }) })[0]).toBe('match');
  });

  it('is a mismatch where the account is another one, and says what was meant and where', () => {
    expect(judged(provider(), { accountId: a }, { statements: [check(ids(b))] })).toEqual([
      'mismatch',
      'guard-mismatch',
      { provider: 'aws', account: a, meant: b, source: 'check.account' },
    ]);
    expect(judged(provider({ allowedAccountIds: ids(b, c) }), { accountId: a })[2]).toMatchObject({ meant: `${b}, ${c}`, source: 'allowed_account_ids' });
    expect(judged(provider({ forbiddenAccountIds: ids(a) }), { accountId: a })[1]).toBe('guard-forbidden');
    expect(judged(provider({ allowedAccountIds: ids(a) }), { accountId: a }, { meant: meant({ accounts: [b] }) })[2]).toMatchObject({ source: '--account' });
  });

  it('is a mismatch for an alias that falls back to the account of the session, which nothing names', () => {
    const logs = provider({ address: 'aws.logs' });
    expect(judged(logs, { accountId: a }, { statements: [check(ids(b))], others: [provider()] })).toEqual([
      'mismatch',
      'guard-unnamed',
      { provider: 'aws.logs', account: a, named: b },
    ]);
    expect(judged(logs, { accountId: a }, { statements: [check(ids(b))], meant: meant({ boundTo: [a] }) })[0]).toBe('match');
    // With a role there is none to add.
    const withRole = { roleArn: { kind: 'known', value: `arn:aws:iam::${a}:role/logs` }, externalId: null, sessionName: null } as const;
    const other = provider({ address: 'aws.logs', assumeRoles: [withRole] });
    expect(judged(other, { accountId: a }, { statements: [check(ids(b))], others: [provider()] })[1]).toBe('guard-unnamed-role');
  });

  it('is not known where nothing is said of a provider that the root has no name for', () => {
    expect(judged(provider({ address: 'provider["registry.terraform.io/hashicorp/aws"]' }), { accountId: c })[0]).toBe('unknown');
    expect(judged(provider({ address: 'aws' }), { accountId: c })[0]).toBe('unstated');
  });

  it('is unstated where the account is only named for another provider with an alias, as that of production beside the one of development', () => {
    const prod = provider({ address: 'aws.prod', allowedAccountIds: ids(c) });
    expect(judged(provider(), { accountId: c }, { others: [prod] })[0]).toBe('unstated');
    expect(judged(provider(), { accountId: c }, { statements: [check(ids(c), 'module.m.aws')] })[0]).toBe('unstated');
    expect(judged(provider({ address: 'aws.east' }), { accountId: c }, { others: [provider({ allowedAccountIds: ids(c) })] })[0]).toBe('match');
    expect(judged(provider(), { accountId: c }, { others: [prod], meant: meant({ boundTo: [c] }) })[0]).toBe('match');
  });

  it('holds a provider to what is said of itself, whatever others are held to', () => {
    const logs = provider({ address: 'aws.logs', allowedAccountIds: ids(c) });
    expect(judged(logs, { accountId: c }, { statements: [check(ids(b))] })[0]).toBe('match');
    expect(judged(logs, { accountId: b }, { statements: [check(ids(b))] })[0]).toBe('mismatch');
  });

  it('is a mismatch where the session would not be used at all', () => {
    expect(judged(provider({ ownCredentials: ['access_key', 'secret_key'] }), null).slice(0, 2)).toEqual(['mismatch', 'guard-own-credentials']);
    const other = provider({ profile: { kind: 'known', value: 'other' } });
    expect(judged(other, null)).toEqual(['mismatch', 'guard-other-profile', { provider: 'aws', profile: 'other', session: 'default' }]);
    expect(judged(provider({ profile: { kind: 'known', value: 'default' } }), { accountId: a }, { meant: meant({ boundTo: [a] }) })[0]).toBe('match');
  });

  it('refuses by the account in the ARN of a role before AWS is asked, but trusts none by it', () => {
    const inA = provider({ assumeRoles: role(`arn:aws:iam::${a}:role/deploy`) });
    const refused = { error: appError('role-not-allowed') };
    expect(judged(inA, refused, { statements: [check(ids(b))] })[0]).toBe('mismatch');
    expect(judged(inA, refused, { statements: [check(ids(a))] }).slice(0, 2)).toEqual(['unknown', 'role-not-allowed']);
  });

  it('is unknown where the way to its account, or what is meant, is only known to Terraform', () => {
    const dynamic = provider({ assumeRoles: [{ roleArn: { kind: 'unknown', expression: 'var.role' }, externalId: null, sessionName: null }] });
    expect(judged(dynamic, null)).toEqual(['unknown', 'guard-unknown', { provider: 'aws', expression: 'var.role' }]);
    const said = check({ kind: 'unknown', expression: 'data.x.y.z' });
    expect(judged(provider(), { accountId: a }, { statements: [said] })).toEqual([
      'unknown',
      'guard-statement-unknown',
      { provider: 'aws', expression: 'data.x.y.z' },
    ]);
  });

  it('is decided at run time by a relay that sees the run, where only the run will show the role, the external ID or what is meant', () => {
    const relayed = { meant: meant({ relayed: true }) };
    const unknownText = { kind: 'unknown' as const, expression: 'var.x' };
    const [known] = role(`arn:aws:iam::${a}:role/deploy`);
    const dynamic = provider({ assumeRoles: [{ roleArn: unknownText, externalId: null, sessionName: null }] });
    const external = provider({ assumeRoles: known === undefined ? [] : [{ ...known, externalId: unknownText }] });
    expect(judged(dynamic, null, relayed).slice(0, 2)).toEqual(['at-run-time', 'guard-unknown']);
    expect(judged(external, null, relayed).slice(0, 2)).toEqual(['at-run-time', 'guard-external-id']);
    expect(judged(provider({ profile: unknownText }), null, relayed)[0]).toBe('at-run-time');
    expect(judged(external, { error: appError('role-not-allowed') }, relayed)[0]).toBe('at-run-time');
    expect(judged(provider(), { accountId: a }, { ...relayed, statements: [check({ kind: 'unknown', expression: 'data.x.y.z' })] })[0]).toBe('at-run-time');
    expect(judged(provider({ use: 'perhaps' }), { accountId: a }, relayed)[0]).toBe('at-run-time');
    expect(judged(provider({ use: 'state' }), { accountId: a }, relayed)[0]).toBe('at-run-time');
  });

  it('is never decided at run time where the relay would not see the provider', () => {
    const relayed = { meant: meant({ relayed: true }) };
    const dynamic = { assumeRoles: [{ roleArn: { kind: 'unknown' as const, expression: 'var.x' }, externalId: null, sessionName: null }] };
    const hidden: Partial<ProviderConfiguration>[] = [
      { doubts: [{ what: 'endpoints.sts', place: { file: 'main.tf', line: 1 } }] },
      { foreignSource: 'cloudposse/awsutils' },
      { ownCredentials: ['access_key'] },
      { profile: { kind: 'known', value: 'other' } },
    ];
    for (const one of hidden) {
      expect(['unknown', 'mismatch']).toContain(judged(provider({ ...dynamic, ...one }), null, relayed)[0]);
      expect(judged(provider({ ...dynamic, ...one, use: 'perhaps' }), null, relayed)[0]).toBe('unknown');
    }
  });

  it('is unstated for an account outside of the binding, whatever the files say', () => {
    const said = { statements: [check(ids(b))], meant: meant({ boundTo: [c] }) };
    expect(judged(provider(), { accountId: b }, said)).toEqual(['unstated', 'guard-outside-binding', { provider: 'aws', account: b, bound: c }]);
    expect(judged(provider(), { accountId: b }, { ...said, meant: meant({ boundTo: [b, c] }) })[0]).toBe('match');
    expect(judged(provider(), { accountId: b }, { ...said, meant: meant({ boundTo: [c], accounts: [b] }) })[0]).toBe('match');
  });

  it('is a mismatch with the condition itself where that names no account', () => {
    const not: AccountStatement = { ...check(ids()), expression: 'id != a', outcomes: [row(a, 'fails'), row(null, 'holds')] };
    expect(judged(provider(), { accountId: b }, { statements: [not] })[0]).toBe('unstated');
    expect(judged(provider(), { accountId: a }, { statements: [not] })).toEqual([
      'mismatch',
      'guard-condition-fails',
      { provider: 'aws', account: a, source: 'check.account', expression: 'id != a' },
    ]);
  });

  it('is unknown where a condition of its own is, whatever others name', () => {
    const said = check({ kind: 'unknown', expression: 'data.x.y.z' });
    expect(judged(provider(), { accountId: a }, { statements: [said], others: [provider({ address: 'aws.b', allowedAccountIds: ids(a) })] })[0]).toBe(
      'unknown',
    );
  });

  it('is a match by allowed_account_ids with one account, whatever a condition of its own says that is not known', () => {
    const said = [check({ kind: 'unknown', expression: 'data.x.y.z' })];
    const one = provider({ allowedAccountIds: ids(b) });
    expect(judged(one, { accountId: b }, { statements: said })[0]).toBe('match');
    expect(judged(one, { accountId: c }, { statements: said })[0]).toBe('mismatch');
    expect(judged(one, { accountId: b }, { statements: [...said, check(ids(c))] })[0]).toBe('mismatch');
    expect(judged({ ...one, forbiddenAccountIds: { kind: 'unknown', expression: 'var.no' } }, { accountId: b }, { statements: said })[0]).toBe('unknown');
    expect(
      judged({ ...one, doubts: [{ what: 'skip_requesting_account_id', place: { file: 'main.tf', line: 1 } }] }, { accountId: b }, { statements: said })[0],
    ).toBe('unknown');
    expect(judged(provider({ allowedAccountIds: ids(b, c) }), { accountId: b }, { statements: said })).toEqual([
      'unknown',
      'guard-statement-unknown-several',
      { provider: 'aws', expression: 'data.x.y.z' },
    ]);
    const both = [{ ...check({ kind: 'unknown', expression: 'a condition on both' }), providers: ['aws', 'aws.b'] }];
    const other = provider({ address: 'aws.b' });
    expect(judged(one, { accountId: b }, { statements: both, others: [other] })[0]).toBe('match');
    expect(judged(other, { accountId: b }, { statements: both, others: [one] })[0]).toBe('unknown');
  });

  it('is unstated where nothing says which account is meant', () => {
    expect(judged(provider(), { accountId: a })).toEqual(['unstated', 'guard-unstated', { provider: 'aws', account: a }]);
  });

  it('of a whole project is the worst of its providers, and a match without any', () => {
    expect(worst(['match', 'unknown', 'mismatch', 'unstated'])).toBe('mismatch');
    expect(worst(['match', 'unstated'])).toBe('unstated');
    expect([worst(['at-run-time', 'unstated', 'match']), worst(['at-run-time', 'unknown'])]).toEqual(['at-run-time', 'unknown']);
    expect(worst([])).toBe('match');
  });
});
