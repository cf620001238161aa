import { describe, expect, it } from 'vitest';
import { trustRefusal } from './trust-policy.ts';

const alice = { arn: 'arn:aws:iam::111111111111:user/alice', externalId: null };
const policy = (principal: unknown, condition?: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...(condition === undefined ? {} : { Condition: condition }) }],
  });
const root = { AWS: 'arn:aws:iam::111111111111:root' };

describe('a trust policy', () => {
  it('a trust policy lets in whom it names: the account, the user, the role of a session, or everybody', () => {
    for (const principal of [root, { AWS: ['111111111111'] }, { AWS: alice.arn }, '*', { AWS: '*' }]) {
      expect(trustRefusal(policy(principal), alice)).toBe('unclear');
    }
    const session = { arn: 'arn:aws-cn:sts::111111111111:assumed-role/hub/alice', externalId: null };
    expect(trustRefusal(policy({ AWS: 'arn:aws-cn:iam::111111111111:role/hub' }), session)).toBe('unclear');
  });

  it('a trust policy refuses those who are not named, and everybody where only a service is', () => {
    for (const principal of [{ AWS: 'arn:aws:iam::222222222222:root' }, { AWS: 'arn:aws:iam::111111111111:user/bob' }, { Service: 'ec2.amazonaws.com' }]) {
      expect(trustRefusal(policy(principal), alice)).toBe('not-named');
    }
  });

  it('a trust policy wants its external ID, and MFA where a condition says so', () => {
    const external = { StringEquals: { 'sts:ExternalId': ['one', 'two'] } };
    expect(trustRefusal(policy(root, external), alice)).toBe('external-id');
    expect(trustRefusal(policy(root, external), { ...alice, externalId: 'two' })).toBe('unclear');
    expect(trustRefusal(policy(root, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }), alice)).toBe('mfa');
    expect(trustRefusal(policy(root, { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } }), alice)).toBe('mfa');
  });

  it('a trust policy that cannot be read says nothing', () => {
    expect(trustRefusal('', alice)).toBe('unclear');
    expect(trustRefusal('{"Statement":1}', alice)).toBe('unclear');
  });
});
