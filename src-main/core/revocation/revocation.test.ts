import { describe, expect, it } from 'vitest';
import { denialDocument, denialTime, principalOf } from './revocation.ts';

const noon = Date.parse('2026-11-27T12:00:00Z');

describe('the denial of sessions', () => {
  it('sessions are denied up to the end of AWS’s second, so that those of that very second end too', () => {
    expect(denialTime(noon)).toBe(noon + 1000);
    expect(denialTime(noon + 999)).toBe(noon + 1000);
  });

  it('sessions are denied by a policy in whole seconds, which says nothing of access keys', () => {
    const policy = JSON.parse(denialDocument(denialTime(noon))) as { readonly Statement: readonly unknown[] };
    expect(policy.Statement).toEqual([
      { Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-11-27T12:00:01Z' } } },
    ]);
  });
});

describe('the principal whose sessions are revoked', () => {
  it.each([
    ['arn:aws:iam::111111111111:user/alice', 'user', 'alice'],
    ['arn:aws:iam::111111111111:user/division/platform/alice', 'user', 'alice'],
    ['arn:aws:iam::111111111111:role/deploy', 'role', 'deploy'],
    ['arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/Deploy_1', 'role', 'Deploy_1'],
    ['arn:aws-cn:iam::111111111111:user/alice', 'user', 'alice'],
    ['arn:aws-us-gov:iam::111111111111:role/deploy', 'role', 'deploy'],
    ['arn:aws:iam::111111111111:user/a+l=i,c.e@example_x-y', 'user', 'a+l=i,c.e@example_x-y'],
  ])('the principal whose sessions are revoked is that of %s', (arn, kind, name) => {
    expect(principalOf(arn)).toEqual({ kind, name, arn, accountId: '111111111111' });
  });

  it.each([
    'arn:aws:iam::111111111111:root',
    'arn:aws:sts::111111111111:assumed-role/deploy/alice',
    'arn:aws:sts::111111111111:federated-user/alice',
    'arn:aws:iam::111111111111:group/admins',
    'arn:aws:iam::1111:user/alice',
    'alice',
    '',
  ])('there is no principal whose sessions can be revoked for %j', (arn) => {
    expect(principalOf(arn)).toBeNull();
  });
});
