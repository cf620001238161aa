import { describe, expect, it } from 'vitest';
import { judge, judgeSession, type Circumstances } from './judgement.ts';
import type { Meant } from './meant.ts';

const [base, right, wrong] = ['111111111111', '222222222222', '333333333333'] as const;
const roleIn = (accountId: string) => `arn:aws:iam::${accountId}:role/deploy`;
const stated: Meant = { kind: 'stated', by: 'project', accountIds: [right], onTheWay: [], ofState: [], placed: [] };
const bound: Meant = { kind: 'bound', accountIds: [right], onTheWay: [], ofState: [], placed: [] };
const nothing: Meant = { kind: 'nothing', onTheWay: [], ofState: [], placed: [] };

const call = (action: string, parameters: Readonly<Record<string, string>> = {}) => ({ action, parameters: new Map(Object.entries(parameters)) });
const assume = (accountId: string, action = 'AssumeRole') => call(action, { RoleArn: roleIn(accountId), RoleSessionName: 'x' });
const among = (meant: Meant, rest: Partial<Circumstances> = {}): Circumstances => ({
  meant,
  allowed: new Set(),
  mustBeTyped: () => false,
  caller: base,
  callerRole: null,
  isDeployer: false,
  isForState: false,
  ...rest,
});
const refusedWith = (code: string) => ({ kind: 'refuse', error: { code } });

describe('a session of another profile than the run’s own', () => {
  const session = (meant: Meant, accountId: string, rest: Partial<Circumstances> = {}, hasMoved = false) =>
    judgeSession({ profile: 'prod', accountId, hasMoved }, among(meant, rest));

  it('passes for an account that is meant, or that a person allowed', () => {
    expect(session(stated, right)).toEqual({ kind: 'pass' });
    expect(session(nothing, wrong, { allowed: new Set([wrong]) })).toEqual({ kind: 'pass' });
  });

  it('is refused for another account than what is stated, by the name of the profile', () => {
    const params = { profile: 'prod', account: wrong, meant: right, accounts: `${right},${wrong}` };
    expect(session(stated, wrong)).toEqual({ kind: 'refuse', error: { code: 'relay-profile-not-meant', params } });
  });

  it('is asked about where nobody has said what is meant, and for production', () => {
    expect(session(nothing, wrong)).toEqual({ kind: 'ask', accountId: wrong, role: null });
    expect(session(bound, wrong)).toEqual({ kind: 'ask', accountId: wrong, role: null });
    expect(session(stated, right, { mustBeTyped: () => true })).toEqual({ kind: 'ask', accountId: right, role: null });
  });

  it('passes where Terraform needs it for a state or to assume a role, by its name alone', () => {
    expect(session({ ...stated, profiles: ['prod'] }, wrong)).toEqual({ kind: 'pass' });
    expect(session({ ...stated, profiles: ['state'] }, wrong)).toMatchObject(refusedWith('relay-profile-not-meant'));
    expect(session({ ...stated, profiles: ['prod'] }, wrong, {}, true)).toMatchObject(refusedWith('relay-profile-not-meant'));
  });

  it('passes by the way of a provider that is known to go there without a role, and not by that of a role', () => {
    expect(session({ ...stated, placed: [{ accountId: wrong, role: null }] }, wrong)).toEqual({ kind: 'pass' });
    expect(session({ ...stated, placed: [{ accountId: wrong, role: roleIn(wrong) }] }, wrong)).toMatchObject(refusedWith('relay-profile-not-meant'));
  });
});

describe('AssumeRole', () => {
  it('passes into an account that is meant', () => {
    expect(judge(assume(right), among(stated))).toEqual({ kind: 'pass' });
    expect(judge(assume(right), among(bound))).toEqual({ kind: 'pass' });
  });

  it('is refused into another account than what is stated', () => {
    expect(judge(assume(wrong), among(stated))).toEqual({
      kind: 'refuse',
      error: { code: 'relay-account-not-meant', params: { account: wrong, role: roleIn(wrong), meant: right, accounts: `${right},${wrong}` } },
    });
  });

  it('is asked about where the account is not the bound one, or nothing is meant', () => {
    const asked = { kind: 'ask', accountId: wrong, role: roleIn(wrong) };
    expect(judge(assume(wrong), among(bound))).toEqual(asked);
    expect(judge(assume(wrong), among(nothing))).toEqual(asked);
  });

  it('is asked about where the name of its account has to be typed, though that is meant, until a person has allowed it', () => {
    const mustBeTyped = (accountId: string) => accountId === right;
    for (const meant of [stated, bound]) {
      expect(judge(assume(right), among(meant, { mustBeTyped }))).toEqual({ kind: 'ask', accountId: right, role: roleIn(right) });
      expect(judge(assume(right), among(meant, { mustBeTyped, allowed: new Set([right]) }))).toEqual({ kind: 'pass' });
    }
    expect(judge(assume(wrong), among(stated, { mustBeTyped }))).toMatchObject(refusedWith('relay-account-not-meant'));
  });

  it('passes where a person allowed the account for this run', () => {
    expect(judge(assume(wrong), among(nothing, { allowed: new Set([wrong]) }))).toEqual({ kind: 'pass' });
  });

  it('passes by the way of a provider that was placed, and by no other role of its account', () => {
    const placed: Meant = { ...stated, placed: [{ accountId: wrong, role: roleIn(wrong) }] };
    expect(judge(assume(wrong), among(placed))).toEqual({ kind: 'pass' });
    expect(judge(call('AssumeRole', { RoleArn: `arn:aws:iam::${wrong}:role/other` }), among(placed))).toMatchObject(refusedWith('relay-account-not-meant'));
    const who = call('GetCallerIdentity');
    const by = (callerRole: string | null) => among(placed, { caller: wrong, isDeployer: true, callerRole });
    expect(judge(who, by(roleIn(wrong)))).toEqual({ kind: 'pass' });
    expect(judge(who, by(`arn:aws:iam::${wrong}:role/on-the-way`))).toMatchObject(refusedWith('relay-role-on-the-way'));
    expect(judge(who, by(null))).toMatchObject(refusedWith('relay-no-role'));
    const withoutRole: Meant = { ...stated, placed: [{ accountId: base, role: null }] };
    expect(judge(who, among(withoutRole, { isDeployer: true }))).toEqual({ kind: 'pass' });
    expect(judge(who, among(withoutRole, { isDeployer: true, callerRole: roleIn(base) }))).toMatchObject(refusedWith('relay-role-on-the-way'));
    expect(judge(assume(base), among(withoutRole))).toMatchObject(refusedWith('relay-account-not-meant'));
  });

  it('passes into a role that the project goes through for a provider, for nobody who could stop there, and into no other of its account', () => {
    const through: Meant = { ...stated, onTheWay: [roleIn(wrong)], ofState: [], placed: [] };
    const provider = among(through, { isDeployer: true });
    expect(judge(assume(wrong), provider)).toEqual({ kind: 'pass' });
    expect(judge(assume(wrong), among(through))).toMatchObject(refusedWith('relay-account-not-meant'));
    expect(judge(call('AssumeRole', { RoleArn: `arn:aws:iam::${wrong}:role/other` }), provider)).toMatchObject(refusedWith('relay-account-not-meant'));
  });

  it('is asked about where the guard has not judged which provider goes through a role, or stops at it', () => {
    const perhaps: Meant = { ...stated, perhapsOnTheWay: [roleIn(wrong)] };
    const provider = among(perhaps, { isDeployer: true });
    expect(judge(assume(wrong), provider)).toEqual({ kind: 'ask', accountId: wrong, role: roleIn(wrong) });
    expect(judge(assume(wrong), { ...provider, allowed: new Set([wrong]) })).toEqual({ kind: 'pass' });
    expect(judge(assume(right), among({ ...perhaps, perhapsOnTheWay: [roleIn(right)] }, { isDeployer: true }))).toEqual({ kind: 'pass' });
    expect(judge(assume(wrong), among(perhaps))).toMatchObject(refusedWith('relay-account-not-meant'));
    expect(judge(call('AssumeRole', { RoleArn: `arn:aws:iam::${wrong}:role/other` }), provider)).toMatchObject(refusedWith('relay-account-not-meant'));
  });

  it('passes into the role of a state for Terraform itself, and for no provider or other program', () => {
    const kept: Meant = { ...stated, ofState: [roleIn(wrong)] };
    expect(judge(assume(wrong), among(kept, { isForState: true }))).toEqual({ kind: 'pass' });
    expect(judge(assume(wrong), among(kept))).toMatchObject(refusedWith('relay-account-not-meant'));
    expect(judge(assume(wrong), among(kept, { isDeployer: true }))).toMatchObject(refusedWith('relay-account-not-meant'));
  });

  it.each(['', 'deploy', 'arn:aws:iam::222222222222:user/deploy', ' arn:aws:iam::222222222222:role/deploy', 'arn:aws:iam::222222222222:role/a\u001b[2J'])(
    'is refused where its role is %j',
    (RoleArn) => {
      expect(judge(call('AssumeRole', { RoleArn }), among(nothing))).toMatchObject(refusedWith('relay-role-unreadable'));
    },
  );
});

describe.each(['AssumeRoleWithWebIdentity', 'AssumeRoleWithSAML'])('%s', (action) => {
  it('is asked about where the name of the account has to be typed', () => {
    expect(judge(assume(right, action), among(bound, { caller: null, mustBeTyped: () => true }))).toMatchObject({ kind: 'ask' });
    expect(judge(assume(wrong, action), among(bound, { caller: null, mustBeTyped: () => true }))).toMatchObject(refusedWith('relay-identity-elsewhere'));
  });

  it('passes into an account that is meant, and is refused into any other, without a question', () => {
    expect(judge(assume(right, action), among(bound, { caller: null }))).toEqual({ kind: 'pass' });
    for (const meant of [stated, bound, nothing]) expect(judge(assume(wrong, action), among(meant))).toMatchObject(refusedWith('relay-identity-elsewhere'));
  });
});

describe('GetCallerIdentity', () => {
  it('of a deployer reaches the account of its key: a provider without a role', () => {
    expect(judge(call('GetCallerIdentity'), among(stated, { isDeployer: true }))).toEqual({
      kind: 'refuse',
      error: { code: 'relay-no-role', params: { account: base, meant: right, accounts: `${right},${base}` } },
    });
    const atHub = among(stated, { isDeployer: true, caller: wrong, callerRole: roleIn(wrong) });
    expect(judge(call('GetCallerIdentity'), atHub)).toMatchObject(refusedWith('relay-role-on-the-way'));
    expect(judge(call('GetCallerIdentity'), among(nothing, { isDeployer: true }))).toEqual({ kind: 'ask', accountId: base, role: null });
    expect(judge(call('GetCallerIdentity'), among(stated, { isDeployer: true, caller: right }))).toEqual({ kind: 'pass' });
  });

  it('of anybody else only wants to know, and is answered', () => {
    expect(judge(call('GetCallerIdentity'), among(stated))).toEqual({ kind: 'pass' });
  });
});

it.each(['GetSessionToken', 'GetFederationToken'])('%s makes credentials for the account of its key', (action) => {
  expect(judge(call(action), among(stated))).toMatchObject(refusedWith('relay-no-role'));
  expect(judge(call(action), among(stated, { caller: right }))).toEqual({ kind: 'pass' });
});

it('DecodeAuthorizationMessage passes, and what is not on the list is refused', () => {
  expect(judge(call('DecodeAuthorizationMessage'), among(stated))).toEqual({ kind: 'pass' });
  for (const action of ['AssumeRoot', 'GetAccessKeyInfo', 'assumerole', 'toString']) {
    expect(judge(call(action), among(stated))).toMatchObject(refusedWith('relay-action-refused'));
  }
});
