import { describe, expect, it } from 'vitest';
import { accountIdOf, homeRegion, isSecurityKey, partitionOf, userNameOf } from './arn.ts';

it('the user name is the last part of the ARN, whatever path and partition it has', () => {
  expect(userNameOf('arn:aws:iam::111111111111:user/alice')).toBe('alice');
  expect(userNameOf('arn:aws-cn:iam::111111111111:user/team/ops/alice')).toBe('alice');
  expect(userNameOf('arn:aws:iam::111111111111:root')).toBe('root');
});

it('security keys are told from authenticator apps by the kind in their ARN', () => {
  expect(isSecurityKey('arn:aws:iam::111111111111:u2f/user/alice/key')).toBe(true);
  expect(isSecurityKey('arn:aws:iam::111111111111:mfa/u2f')).toBe(false);
  expect(isSecurityKey('GAHT12345678')).toBe(false);
});

it('the account is told from the ARN of a user, a role and a role session', () => {
  expect(accountIdOf('arn:aws:iam::111111111111:user/alice')).toBe('111111111111');
  expect(accountIdOf('arn:aws-cn:iam::222222222222:role/path/deploy')).toBe('222222222222');
  expect(accountIdOf('arn:aws-us-gov:sts::333333333333:assumed-role/deploy/alice')).toBe('333333333333');
  expect(accountIdOf('arn:aws:s3:::bucket')).toBeNull();
  expect(accountIdOf('GAHT12345678')).toBeNull();
});

describe('the partition', () => {
  it.each([
    ['arn:aws:iam::111111111111:role/deploy', 'aws'],
    ['arn:aws-cn:sts::111111111111:assumed-role/deploy/alice', 'aws-cn'],
    ['arn:aws-us-gov:iam::111111111111:user/alice', 'aws-us-gov'],
    ['arn:aws-iso-b:iam::111111111111:user/alice', 'aws-iso-b'],
    ['GAHT12345678', null],
    ['arn::iam::111111111111:user/alice', null],
  ])('the partition of %s is %s', (arn, partition) => {
    expect(partitionOf(arn)).toBe(partition);
  });
});

it('each partition is asked in a region of its own when none is set', () => {
  expect(homeRegion('arn:aws:iam::111111111111:mfa/alice')).toBe('us-east-1');
  expect(homeRegion('arn:aws-cn:iam::111111111111:mfa/alice')).toBe('cn-north-1');
  expect(homeRegion('arn:aws-us-gov:iam::111111111111:role/deploy')).toBe('us-gov-west-1');
  expect(homeRegion('arn:aws-eusc:iam::111111111111:role/deploy')).toBe('eusc-de-east-1');
});

it('the region is us-east-1 without an ARN, as for a hardware token, and for a partition that is new', () => {
  expect(homeRegion(null)).toBe('us-east-1');
  expect(homeRegion('GAHT12345678')).toBe('us-east-1');
  expect(homeRegion('arn:aws-new:iam::111111111111:mfa/alice')).toBe('us-east-1');
});
