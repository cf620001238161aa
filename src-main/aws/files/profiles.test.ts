import { appendFile, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { keyLines, writtenAwsFiles } from '../../../testing/aws-files/written-aws-files.ts';
import { leastCpuMs } from '../../../testing/processes/cpu-time.ts';
import { loadAwsConfig, profileSettings, readAccessKey } from './profiles.ts';

const { files, write } = writtenAwsFiles();
const key = keyLines;

describe('user profiles', () => {
  it('user profiles are read as aws configure writes them', async () => {
    await write('credentials', '[default]', ...key);
    await write('config', '[default]', 'region = ap-northeast-1');
    const profile = { name: 'default', region: 'ap-northeast-1', mfaSerial: null, accessKey: 'files', foreign: null, role: null, installedAs: null };
    const { sources, ...config } = await loadAwsConfig(files);
    expect(sources.get('default')).toEqual({ accessKeyId: 'AKIAEXAMPLE', roles: null });
    expect([sources.has('default'), sources.has('other'), sources.get('other')]).toEqual([true, false, undefined]);
    expect(config).toEqual({
      profiles: [profile],
      problems: [],
      mfaProcesses: new Map(),
      unusable: new Map(),
      roles: new Map(),
      foreign: new Map(),
      places: [],
      userProfiles: new Map([['default', profile]]),
      aliases: new Map(),
      // Without the secret.
      entries: [{ name: 'default', values: { aws_access_key_id: 'AKIAEXAMPLE', aws_secret_access_key: '*********', region: 'ap-northeast-1' } }],
    });
  });

  it('user profiles take mfa_serial and region from [profile x], past comments of either kind', async () => {
    await write('credentials', '# mine', '[work] ; the job', ...key);
    await write('config', '[profile work]', 'region=eu-west-1 # near', '; mfa', 'mfa_serial = arn:aws:iam::111111111111:mfa/alice');
    const { profiles, problems } = await loadAwsConfig(files);
    expect(profiles).toMatchObject([{ name: 'work', region: 'eu-west-1', mfaSerial: 'arn:aws:iam::111111111111:mfa/alice' }]);
    expect(problems).toEqual([]);
  });

  it('user profiles may have their key in the config file', async () => {
    await write('config', '[profile work]', ...key);
    expect((await loadAwsConfig(files)).profiles.map(({ name }) => name)).toEqual(['work']);
  });

  it('user profiles come in the order of the files, those with Windows line ends too', async () => {
    await writeFile(files.credentials, ['[zeta]', ...key, '[alpha]', ...key, ''].join('\r\n'), { mode: 0o600 });
    expect((await loadAwsConfig(files)).profiles.map(({ name }) => name)).toEqual(['zeta', 'alpha']);
  });

  it('user profiles keep the order of the files when a name is a number', async () => {
    await write('credentials', '[zeta]', ...key, '[7]', ...key);
    expect((await loadAwsConfig(files)).profiles.map(({ name }) => name)).toEqual(['zeta', '7']);
  });

  it('profiles with temporary credentials are listed as such, and are no user profiles', async () => {
    await write('credentials', '[temporary]', ...key, 'aws_session_token = invented', '[default]', ...key);
    const { profiles, userProfiles } = await loadAwsConfig(files);
    expect(profiles.map(({ name, accessKey, foreign }) => [name, accessKey, foreign])).toEqual([
      ['temporary', null, { kind: 'temporary-key' }],
      ['default', 'files', null],
    ]);
    expect([...userProfiles.keys()]).toEqual(['default']);
  });

  it('user profiles may have a name that every object of JavaScript knows', async () => {
    await write(
      'config',
      '[profile toString]',
      'region = eu-west-1',
      '[profile deploy]',
      'role_arn = arn:aws:iam::222222222222:role/deploy',
      'source_profile = valueOf',
    );
    const { problems } = await loadAwsConfig(files);
    expect(problems.map(({ code }) => code)).toEqual(['role-source-missing']);
  });

  it('user profiles are read in no time, 5,000 of them with as many role profiles in chains', async () => {
    const users = Array.from({ length: 5000 }, (_, index) => [`[p${index}]`, ...key]).flat();
    const roles = Array.from({ length: 5000 }, (_, index) => {
      const source = index % 3 === 0 ? `p${index}` : `r${index - 1}`;
      return [`[profile r${index}]`, `role_arn = arn:aws:iam::222222222222:role/r${index}`, `source_profile = ${source}`];
    }).flat();
    await write('credentials', ...users);
    await write('config', ...roles);
    const { profiles, roles: assumed } = await loadAwsConfig(files);
    expect(await leastCpuMs(() => loadAwsConfig(files))).toBeLessThan(1000);
    expect(profiles).toHaveLength(10_000);
    expect(assumed.get('r4999')?.chain).toEqual(['r4999', 'r4998', 'p4998']);
  });

  it('user profiles give their key to a call, and say so when it is gone', async () => {
    await write('credentials', '[default]', ...key);
    expect(await readAccessKey(files, 'default')).toEqual({
      ok: true,
      value: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'invented' },
    });
    expect(await readAccessKey(files, 'other')).toEqual({
      ok: false,
      error: { code: 'access-key-gone', params: { profile: 'other' } },
    });
  });
});

describe('user profiles whose access key is in the keychain', () => {
  it('user profiles whose access key is in the keychain are listed where the files have them, even when nothing is left below the name', async () => {
    await write('credentials', '[first]', ...key, '[moved]', '[last]', ...key);
    const { profiles } = await loadAwsConfig(files, new Set(['moved']));
    expect(profiles.map(({ name, accessKey }) => [name, accessKey])).toEqual([
      ['first', 'files'],
      ['moved', 'keychain'],
      ['last', 'files'],
    ]);
  });

  it('user profiles whose access key is in the keychain are listed last when the files have them no more', async () => {
    await write('credentials', '[first]', ...key);
    const { profiles } = await loadAwsConfig(files, new Set(['moved']));
    expect(profiles.map(({ name }) => name)).toEqual(['first', 'moved']);
  });

  it('user profiles whose access key is in the keychain end the chain of a role profile', async () => {
    await write('config', '[profile deploy]', 'role_arn = arn:aws:iam::222222222222:role/deploy', 'source_profile = moved');
    const { profiles, problems } = await loadAwsConfig(files, new Set(['moved']));
    expect(profiles.map(({ name, role }) => [name, role?.userProfile])).toEqual([
      ['deploy', 'moved'],
      ['moved', undefined],
    ]);
    expect(problems).toEqual([]);
  });
});

describe('role profiles', () => {
  const deploy = ['[profile deploy]', 'role_arn = arn:aws-cn:iam::222222222222:role/team/deploy', 'source_profile = default'];

  it('role profiles come with what is shown of their role, and with what AssumeRole is asked for', async () => {
    await write('credentials', '[default]', ...key);
    await write(
      'config',
      ...deploy,
      'region = cn-north-1',
      'duration_seconds = 7200',
      '[profile next]',
      'role_arn = arn:aws:iam::333333333333:role/next',
      'source_profile = deploy',
    );
    const { profiles, roles } = await loadAwsConfig(files);
    expect(profiles.slice(1)).toEqual([
      {
        name: 'deploy',
        region: 'cn-north-1',
        mfaSerial: null,
        accessKey: null,
        foreign: null,
        role: {
          roleArn: 'arn:aws-cn:iam::222222222222:role/team/deploy',
          accountId: '222222222222',
          roleName: 'deploy',
          sourceProfile: 'default',
          userProfile: 'default',
          durationSeconds: 7200,
        },
        installedAs: null,
      },
      expect.objectContaining({ name: 'next', role: expect.objectContaining({ sourceProfile: 'deploy', userProfile: 'default' }) }),
    ]);
    expect(roles.get('next')?.chain).toEqual(['next', 'deploy', 'default']);
  });

  it('role profiles may be spread over both files, of which the credentials file wins', async () => {
    await write('credentials', '[default]', ...key, '[deploy]', 'role_arn = arn:aws:iam::333333333333:role/other');
    await write('config', ...deploy);
    expect((await loadAwsConfig(files)).roles.get('deploy')).toMatchObject({ roleArn: 'arn:aws:iam::333333333333:role/other', source: 'default' });
  });

  it('role profiles may be their own source, and are known as a user profile besides', async () => {
    await write('credentials', '[me]', ...key);
    await write('config', '[profile me]', 'role_arn = arn:aws:iam::222222222222:role/me', 'source_profile = me', 'region = eu-west-1');
    const { profiles, userProfiles } = await loadAwsConfig(files);
    expect(profiles).toMatchObject([{ name: 'me', accessKey: null, foreign: null, role: { sourceProfile: 'me', userProfile: 'me' } }]);
    expect(userProfiles.get('me')).toMatchObject({ name: 'me', region: 'eu-west-1', accessKey: 'files', foreign: null, role: null });
  });

  it('role profiles that lead nowhere are told with the file to correct, and the rest loads', async () => {
    await write('credentials', '[default]', ...key);
    await write(
      'config',
      '[profile a]',
      'role_arn = arn:aws:iam::222222222222:role/a',
      'source_profile = b',
      '[profile b]',
      'role_arn = arn:aws:iam::222222222222:role/b',
      'source_profile = a',
    );
    const { profiles, problems, unusable } = await loadAwsConfig(files);
    expect(profiles.map(({ name }) => name)).toEqual(['default']);
    expect(problems).toEqual([{ code: 'role-source-loop', params: { profile: 'a', chain: 'a → b → a', file: files.config } }]);
    expect([...unusable.keys()]).toEqual(['a', 'b']);
  });

  it('role profiles whose own role leads nowhere are still the source of others when they have a key', async () => {
    await write('credentials', '[base]', ...key, 'role_arn = arn:aws:iam::222222222222:role/base');
    await write('config', '[profile deploy]', 'role_arn = arn:aws:iam::222222222222:role/deploy', 'source_profile = base');
    const { profiles, userProfiles, unusable } = await loadAwsConfig(files);
    expect(profiles.map(({ name, role }) => [name, role?.userProfile])).toEqual([['deploy', 'base']]);
    expect(userProfiles.get('base')?.accessKey).toBe('files');
    expect(unusable.get('base')?.code).toBe('role-source-none');
  });
});

describe('entries of other tools', () => {
  it('entries of other tools are no problem, but whoever asks for one by name is told why not', async () => {
    await write('credentials', '[default]', ...key);
    await write(
      'config',
      '[profile corp]',
      'sso_session = corp',
      '[sso-session corp]',
      'sso_region = us-east-1',
      '[services dev]',
      's3 =',
      '  endpoint_url = http://localhost',
      '[profile other]',
      'credential_process = other-tool',
      '[profile blank]',
    );
    const { profiles, problems, unusable } = await loadAwsConfig(files);
    expect(problems).toEqual([]);
    expect(profiles.map(({ name, foreign }) => [name, foreign])).toEqual([
      ['default', null],
      ['other', { kind: 'command', program: 'other-tool' }],
    ]);
    expect([...unusable].map(([name, { code }]) => [name, code])).toEqual([
      ['corp', 'profile-sso'],
      ['blank', 'profile-no-credentials'],
    ]);
  });
});

describe('entries that this app installed', () => {
  it('entries that this app installed are named by the profile that they stand for, and are none themselves', async () => {
    await write('credentials', '[default]', ...key);
    await write('config', '[profile default-sts]', 'credential_process = "/opt/STS Tray/sts-tray" credential-process default', 'region = eu-west-1');
    const { profiles, aliases, unusable } = await loadAwsConfig(files);
    expect(profiles.map(({ name, installedAs }) => [name, installedAs])).toEqual([['default', 'default-sts']]);
    expect([...aliases]).toEqual([['default-sts', 'default']]);
    expect([...unusable]).toEqual([]);
  });
});

describe('the settings of a profile', () => {
  it('the settings of a profile are all but its credentials and where those come from', async () => {
    await write('credentials', '[default]', ...key, 'aws_security_token = invented', 'AWS_SECRET_ACCESS_KEY = invented', 'aws_account_id = 111111111111');
    const roleLines = [
      'role_arn',
      'source_profile',
      'role_session_name',
      'external_id',
      'duration_seconds',
      'mfa_serial',
      'session_tags',
      'transitive_session_tags',
      'source_identity',
    ];
    const otherLines = ['credential_process', 'credential_source', 'web_identity_token_file', 'sso_session', 'sso_account_id', 'login_session'];
    await write('config', '[default]', 'region = eu-west-1', ...[...roleLines, ...otherLines].map((name) => `${name} = invented`), 'use_fips_endpoint = true');
    expect((await profileSettings(files))('default')).toEqual({ body: ['region = eu-west-1', 'use_fips_endpoint = true'], services: [], tools: [] });
  });

  it('the settings of a profile keep nested blocks, and bring the services section that they name', async () => {
    await write('config', '[profile work]', 's3 =', '  addressing_style = path', '  max_concurrent_requests = 20', 'output = json', 'services = dev');
    await write('credentials', '[work]', ...key, 'region = eu-west-1');
    const services = ['[services dev]', 's3 =', '  endpoint_url = http://localhost:4566', 'dynamodb =', '  endpoint_url = http://localhost:8000'];
    await appendFile(files.config, `${services.join('\n')}\n`);
    const settings = (await profileSettings(files))('work');
    expect(settings).toEqual({
      body: ['output = json', 'services = dev', 'region = eu-west-1', 's3 =', '  addressing_style = path', '  max_concurrent_requests = 20'],
      services,
      tools: [],
    });
    await rm(files.credentials);
    await write('config', '[profile work]', ...settings.body, ...settings.services);
    expect((await profileSettings(files))('work')).toEqual(settings);
  });

  it('the settings of a profile bring the sections that the AWS CLI has for itself, and a pager that is turned off', async () => {
    const tools = ['[preview]', 'cloudfront = true', '[plugins]', 'cli_legacy_plugin_path = /opt/plugins', 'login = awscli_login'];
    await write('config', '[profile work]', 'cli_pager =', 'region = eu-west-1', ...tools);
    const settings = (await profileSettings(files))('work');
    expect(settings).toEqual({ body: ['cli_pager = ', 'region = eu-west-1'], services: [], tools });
    await write('config', '[profile work]', ...settings.body, ...settings.tools);
    expect((await profileSettings(files))('work')).toEqual(settings);
  });

  it('a profile that is not there has no settings', async () => {
    expect((await profileSettings(files))('gone')).toEqual({ body: [], services: [], tools: [] });
  });
});
