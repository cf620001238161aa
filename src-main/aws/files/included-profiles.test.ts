import { describe, expect, it } from 'vitest';
import { keyLines, writtenAwsFiles } from '../../../testing/aws-files/written-aws-files.ts';
import { loadAwsConfig, profileSettings } from './profiles.ts';

const { files, write } = writtenAwsFiles();
const key = keyLines;

describe('profiles that include others', () => {
  it('profiles that include others are roles by what they include, and say whose mfa_process it is', async () => {
    await write('credentials', '[default]', ...key);
    await write(
      'config',
      '[default]',
      'mfa_process = pass otp aws',
      '[profile common]',
      'role_arn = arn:aws:iam::222222222222:role/deploy',
      'source_profile = default',
      '[profile dev]',
      'include_profile = common',
      'region = eu-west-1',
      '[profile other]',
      'region = eu-west-1',
    );
    const { profiles, mfaProcesses, problems } = await loadAwsConfig(files);
    expect(profiles.map(({ name, region, role }) => [name, region, role?.roleName])).toEqual([
      ['default', null, undefined],
      ['common', null, 'deploy'],
      ['dev', 'eu-west-1', 'deploy'],
    ]);
    const process = { line: 'pass otp aws', profile: 'default', file: files.config };
    expect([...mfaProcesses]).toEqual([
      ['default', process],
      ['dev', process],
    ]);
    expect(problems).toEqual([]);
    expect((await profileSettings(files))('dev').body).toEqual(['region = eu-west-1']);
  });

  it('profiles that include others which do not exist are not used, neither by themselves nor as a source', async () => {
    await write('credentials', '[default]', ...key, '[base]', ...key);
    await write(
      'config',
      '[profile base]',
      'include_profile = gone',
      '[profile dev]',
      'role_arn = arn:aws:iam::222222222222:role/deploy',
      'source_profile = base',
    );
    const { profiles, problems, unusable, roles } = await loadAwsConfig(files);
    const error = { code: 'profile-include-missing', params: { profile: 'base', included: 'gone', file: files.config } };
    expect([profiles.map(({ name }) => name), problems, [...roles.keys()]]).toEqual([['default'], [error], []]);
    expect([...unusable]).toEqual([
      ['dev', error],
      ['base', error],
    ]);
  });

  it('an included profile gives its region to what programs are told of a profile, which says it nowhere itself', async () => {
    const base = ['[profile base]', 'region = eu-central-1', 'output = json'];
    await write('config', ...base, '[profile dev]', 'include_profile = base', 's3 =', '  addressing_style = path');
    expect((await profileSettings(files))('dev').body).toEqual(['region = eu-central-1', 's3 =', '  addressing_style = path']);
  });
});
