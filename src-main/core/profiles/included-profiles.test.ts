import { describe, expect, it } from 'vitest';
import { sayingProfile, withIncluded } from './included-profiles.ts';

const entriesOf = (text: Readonly<Record<string, Readonly<Record<string, string>>>>) => Object.entries(text).map(([name, values]) => ({ name, values }));
const valuesOf = (text: Parameters<typeof entriesOf>[0], name: string) => withIncluded(entriesOf(text)).entries.find((entry) => entry.name === name)?.values;

describe('a profile that includes another one', () => {
  const files = {
    default: { region: 'us-east-1', mfa_process: 'pass otp aws', duration_seconds: '3600' },
    common: { include_profile: 'base', mfa_serial: 'arn:aws:iam::111111111111:mfa/alice', region: '' },
    base: { region: 'eu-west-1', output: 'json', aws_access_key_id: 'AKIAIOSFODNN7EXAMPLE', role_arn: 'x' },
    dev: { include_profile: 'common', role_arn: 'arn:aws:iam::222222222222:role/dev' },
    plain: { role_arn: 'y' },
  };

  it('a profile that includes another one takes what it does not say itself from that, from what that includes, and from default', () => {
    expect(valuesOf(files, 'dev')).toEqual({
      include_profile: 'common',
      role_arn: 'arn:aws:iam::222222222222:role/dev',
      mfa_serial: 'arn:aws:iam::111111111111:mfa/alice',
      region: 'eu-west-1',
      mfa_process: 'pass otp aws',
      duration_seconds: '3600',
    });
  });

  it('a profile that includes none takes nothing, as the AWS CLI reads it', () => {
    expect(valuesOf(files, 'plain')).toEqual({ role_arn: 'y' });
    expect(valuesOf(files, 'base')).toEqual(files.base);
  });

  it('a profile that includes another one is not said to say what that says', () => {
    const byName = new Map(entriesOf(files).map((entry) => [entry.name, entry]));
    const saying = (name: string, setting: string) => sayingProfile({ name, values: {} }, setting, byName);
    expect([saying('dev', 'mfa_process'), saying('dev', 'mfa_serial'), saying('dev', 'role_arn'), saying('default', 'mfa_process')]).toEqual([
      'default',
      'common',
      'dev',
      'default',
    ]);
  });

  it('a profile that includes one that does not exist, or itself, is told with what is wrong, and others stay', () => {
    const { broken, entries } = withIncluded(
      entriesOf({ a: { include_profile: 'b' }, b: { include_profile: 'a' }, c: { include_profile: 'none' }, d: { include_profile: 'd' }, e: { region: 'x' } }),
    );
    expect([...broken]).toEqual([
      ['a', { code: 'profile-include-loop', params: { profile: 'a', chain: 'a → b → a' } }],
      ['b', { code: 'profile-include-loop', params: { profile: 'b', chain: 'b → a → b' } }],
      ['c', { code: 'profile-include-missing', params: { profile: 'c', included: 'none' } }],
      ['d', { code: 'profile-include-loop', params: { profile: 'd', chain: 'd → d' } }],
    ]);
    expect(entries.find(({ name }) => name === 'e')?.values).toEqual({ region: 'x' });
  });
});
