import { expect, it } from 'vitest';
import { credentialsIn } from './issued-credentials.ts';

const answer = (credentials: string, user = '<AssumedRoleUser><Arn>arn:aws:sts::222222222222:assumed-role/deploy/x</Arn></AssumedRoleUser>') =>
  `<AssumeRoleResponse><AssumeRoleResult>${user}<Credentials>${credentials}</Credentials></AssumeRoleResult></AssumeRoleResponse>`;
const whole =
  '<AccessKeyId>ASIAROLE</AccessKeyId>\n<SecretAccessKey>a/b+c&amp;d</SecretAccessKey><SessionToken>token==</SessionToken><Expiration>2026-11-28T09:00:00Z</Expiration>';

it('the session of an answer is found, with the account of the role', () => {
  expect(credentialsIn(answer(whole), '111111111111')).toEqual({
    credentials: { accessKeyId: 'ASIAROLE', secretAccessKey: 'a/b+c&d', sessionToken: 'token==', expiresAt: Date.parse('2026-11-28T09:00:00Z') },
    accountId: '222222222222',
  });
});

it('an answer without an ARN is of the account that asked', () => {
  expect(credentialsIn(answer(whole, ''), '111111111111')?.accountId).toBe('111111111111');
  expect(credentialsIn(answer(whole, ''), null)).toBeNull();
});

it.each(['', '<GetCallerIdentityResult/>', answer(''), answer(whole.replace('2026', 'x')), answer(whole.replace('ASIAROLE', ''))])(
  'there is none in %j',
  (text) => {
    expect(credentialsIn(text, '111111111111')).toBeNull();
  },
);
