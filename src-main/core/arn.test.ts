import { expect, it } from 'vitest';
import { isSecurityKey, userNameOf } from './arn.ts';

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
