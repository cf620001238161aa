import { describe, expect, it } from 'vitest';
import type { ConfigEntry } from './config-entry.ts';
import { tellProfilesApart } from './role-chains.ts';

const key = { aws_access_key_id: 'AKIAEXAMPLE', aws_secret_access_key: 'invented' };
const arn = (name: string) => `arn:aws:iam::222222222222:role/${name}`;
const role = (source_profile: string, more: ConfigEntry['values'] = {}) => ({ role_arn: arn('deploy'), source_profile, ...more });

type Sections = Readonly<Record<string, ConfigEntry['values']>>;
const kinds = (sections: Sections, keychain: readonly string[] = []) =>
  tellProfilesApart(
    Object.entries(sections).map(([name, values]) => ({ name, values })),
    new Set(keychain),
  );
const chainOf = (profile: string, sections: Sections, keychain?: readonly string[]) => kinds(sections, keychain).roles.get(profile)?.chain;
const errorOf = (profile: string, sections: Sections) => {
  const error = kinds(sections).unusable.get(profile);
  return error && [error.code, error.params];
};

describe('a role profile', () => {
  it('a role profile says what AssumeRole is asked for', () => {
    const deploy = role('base', {
      role_arn: 'arn:aws-cn:iam::333333333333:role/team/ops/deploy',
      region: 'cn-north-1',
      external_id: 'x-1',
      role_session_name: 'alice',
      source_identity: 'alice@example.com',
      duration_seconds: '7200',
      mfa_serial: 'arn:aws-cn:iam::111111111111:mfa/alice',
      session_tags: 'team=ops',
      transitive_session_tags: 'team',
    });
    expect(kinds({ base: key, deploy }).roles.get('deploy')).toEqual({
      profile: 'deploy',
      roleArn: 'arn:aws-cn:iam::333333333333:role/team/ops/deploy',
      region: 'cn-north-1',
      externalId: 'x-1',
      roleSessionName: 'alice',
      sourceIdentity: 'alice@example.com',
      durationSeconds: 7200,
      mfaSerial: 'arn:aws-cn:iam::111111111111:mfa/alice',
      sessionTags: [{ key: 'team', value: 'ops' }],
      transitiveTagKeys: ['team'],
      source: 'base',
      chain: ['deploy', 'base'],
    });
  });

  it('a role profile lasts an hour and has nothing else when it says nothing else', () => {
    expect(kinds({ base: key, deploy: role('base') }).roles.get('deploy')).toMatchObject({
      region: null,
      externalId: null,
      roleSessionName: null,
      sourceIdentity: null,
      durationSeconds: 3600,
      mfaSerial: null,
      sessionTags: [],
      transitiveTagKeys: [],
    });
  });

  it('a role profile may have role profiles as sources, in any order of the file', () => {
    const sections = { c: role('b'), a: role('base'), b: role('a'), base: key };
    expect(chainOf('c', sections)).toEqual(['c', 'b', 'a', 'base']);
    expect(chainOf('b', sections)).toEqual(['b', 'a', 'base']);
    expect(kinds(sections).roles.get('c')?.source).toBe('b');
  });

  it('a role profile ends at a source with a key, even when that is a role profile too', () => {
    const sections = { base: key, both: { ...key, ...role('base') }, deploy: role('both') };
    expect(chainOf('deploy', sections)).toEqual(['deploy', 'both']);
    expect(chainOf('both', sections)).toEqual(['both', 'base']);
  });

  it('a role profile may be its own source when it has a key', () => {
    const sections = { me: { ...key, ...role('me') } };
    expect(chainOf('me', sections)).toEqual(['me', 'me']);
    expect(kinds(sections).accessKeys.get('me')).toBe('files');
  });

  it('a role profile ends at a source whose key is in the keychain', () => {
    expect(chainOf('deploy', { base: {}, deploy: role('base') }, ['base'])).toEqual(['deploy', 'base']);
    expect(chainOf('me', { me: role('me') }, ['me'])).toEqual(['me', 'me']);
  });

  it('a role profile may have an entry that this app installed as its source, and gets what that stands for', () => {
    const installed = { credential_process: '/opt/sts-tray credential-process base' };
    const sections = { base: key, 'base-sts': installed, deploy: role('base-sts') };
    expect(chainOf('deploy', sections)).toEqual(['deploy', 'base']);
    expect(kinds(sections).roles.get('deploy')?.source).toBe('base');
  });
});

describe('a role profile that leads nowhere', () => {
  it.each([
    ['without a source', { a: { role_arn: arn('a') } }, ['role-source-none', { profile: 'a' }]],
    ['without a source, though it has a key', { a: { ...key, role_arn: arn('a') } }, ['role-source-none', { profile: 'a' }]],
    ['with a source that is not there', { a: role('gone') }, ['role-source-missing', { profile: 'a', source: 'gone' }]],
    ['in a loop', { a: role('b'), b: role('a') }, ['role-source-loop', { profile: 'a', chain: 'a → b → a' }]],
    ['as its own source without a key', { a: role('a') }, ['role-source-loop', { profile: 'a', chain: 'a → a' }]],
    ['with a source without a key', { a: role('b'), b: { region: 'x' } }, ['role-source-no-key', { profile: 'a', source: 'b' }]],
    ['with a source with half a key', { a: role('b'), b: { aws_access_key_id: 'AKIAEXAMPLE' } }, ['role-source-no-key', { profile: 'a', source: 'b' }]],
    ['with an ARN of something else', { a: role('b', { role_arn: 'arn:aws:iam::222222222222:user/a' }), b: key }, ['role-arn-invalid', { profile: 'a' }]],
    ['with tags of another form', { a: role('b', { session_tags: 'team' }), b: key }, ['role-tags-invalid', { profile: 'a' }]],
  ] as const)('a role profile that leads nowhere is told %s', (_, sections, expected) => {
    expect(errorOf('a', sections)).toEqual(expected);
    expect(kinds(sections).brokenRoles.map(({ code, params }) => [code, params])).toEqual([expected]);
  });

  it.each(['899', '43201', '1h', '3600.5', '-3600', '1e4'])('a role profile that leads nowhere is told with a duration of %s', (value) => {
    expect(errorOf('a', { a: role('b', { duration_seconds: value }), b: key })).toEqual(['role-duration-invalid', { profile: 'a', value }]);
  });

  it.each([
    ['role_session_name', 'a:b c'],
    ['role_session_name', 'a'],
    ['role_session_name', 'a'.repeat(65)],
    ['source_identity', 'alice smith'],
    ['source_identity', 'aws:alice'],
  ])('a role profile cannot be used with a %s that AWS refuses: %s', (setting, value) => {
    expect(errorOf('a', { a: role('b', { [setting]: value }), b: key })).toEqual(['role-name-invalid', { profile: 'a', setting }]);
  });

  it('a role profile that leads nowhere is told with the name at whose line the fault is, once, for all that lead there', () => {
    const sections = { c: role('b'), d: role('b'), b: role('a'), a: role('gone') };
    for (const name of ['a', 'b', 'c', 'd']) expect(errorOf(name, sections)).toEqual(['role-source-missing', { profile: 'a', source: 'gone' }]);
    expect(kinds(sections).brokenRoles).toHaveLength(1);
  });

  it('a role profile that leads nowhere is told by the end of its own chain when that has no key', () => {
    const sections = { c: role('b'), b: role('a'), a: {} };
    expect(errorOf('c', sections)).toEqual(['role-source-no-key', { profile: 'c', source: 'a' }]);
    expect(kinds(sections).brokenRoles).toEqual([{ code: 'role-source-no-key', params: { profile: 'b', source: 'a' } }]);
  });

  it('a role profile that leads nowhere is told by every member of a loop as that one sees it, and as one mistake', () => {
    const sections = { outside: role('a'), a: role('b'), b: role('c'), c: role('a') };
    expect(errorOf('b', sections)).toEqual(['role-source-loop', { profile: 'b', chain: 'b → c → a → b' }]);
    expect(errorOf('outside', sections)).toEqual(['role-source-loop', { profile: 'a', chain: 'a → b → c → a' }]);
    expect(kinds(sections).brokenRoles).toHaveLength(1);
  });

  it('a role profile that leads nowhere is told without all the names of a loop that is too long to read', () => {
    const sections = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`p${index}`, role(`p${(index + 1) % 9}`)]));
    expect(errorOf('p8', sections)?.[1]).toEqual({ profile: 'p8', chain: 'p8 → p0 → p1 → p2 → p3 → p4 → … → p8' });
  });
});

describe('an entry that signs in otherwise', () => {
  it.each([
    ['an access portal without an account', { sso_session: 'corp' }, 'profile-sso'],
    ['an access portal of the older kind', { sso_start_url: 'https://example.awsapps.com/start' }, 'profile-sso'],
    ['aws login without a region', { login_session: 'arn:aws:iam::111111111111:user/alice' }, 'login-region-none'],
  ])('an entry that signs in otherwise is unusable, and no mistake of the file: %s', (_, end, code) => {
    const sections = { end, deploy: role('end') };
    const expected = [code, { profile: 'end' }];
    expect(errorOf('end', sections)).toEqual(expected);
    expect(errorOf('deploy', sections)).toEqual(expected);
    expect(kinds(sections).brokenRoles).toEqual([]);
  });

  it.each([
    [
      'aws login and a command',
      { login_session: 'arn:aws:iam::111111111111:user/alice', region: 'eu-west-1', credential_process: 'tool' },
      'login-and-process',
    ],
    [
      'an access portal and a command',
      { sso_session: 'corp', sso_account_id: '111111111111', sso_role_name: 'Admin', credential_process: 'tool' },
      'sso-and-process',
    ],
    [
      'an access portal and a command of this app',
      { sso_session: 'corp', sso_account_id: '111111111111', sso_role_name: 'Admin', credential_process: 'sts-tray credential-process other' },
      'sso-and-process',
    ],
  ])('an entry of which the tools of AWS make different things is refused: %s', (_, end, code) => {
    expect(errorOf('end', { end })?.[0]).toBe(code);
  });

  it('an entry with nothing to sign in with is unusable, and no mistake of the file', () => {
    expect(errorOf('a', { a: { region: 'eu-west-1' } })).toEqual(['profile-no-credentials', { profile: 'a' }]);
  });
});

describe('an entry that this app installed', () => {
  const installed = (profile: string) => ({ credential_process: `/opt/sts-tray credential-process ${profile}` });

  it('an entry that this app installed stands for its profile and is neither a profile nor unusable', () => {
    const { aliases, unusable, roles, accessKeys, installed: names } = kinds({ base: key, 'base-sts': installed('base'), second: installed('base') });
    expect([...aliases]).toEqual([
      ['base-sts', 'base'],
      ['second', 'base'],
    ]);
    expect([...names]).toEqual([['base', 'base-sts']]);
    expect([...unusable.keys(), ...roles.keys()]).toEqual([]);
    expect([...accessKeys.keys()]).toEqual(['base']);
  });

  it('an entry that this app installed is what it is besides when it has a key or a role, which win', () => {
    const { aliases, installed: names } = kinds({ base: key, a: { ...key, ...installed('base') }, b: { ...role('base'), ...installed('base') } });
    expect([...aliases, ...names]).toEqual([]);
  });

  it('an entry that this app installed may have the name of the profile whose key is in the keychain', () => {
    const { aliases, accessKeys, installed: names } = kinds({ base: installed('base') }, ['base']);
    expect([...aliases]).toEqual([]);
    expect([...accessKeys]).toEqual([['base', 'keychain']]);
    expect([...names]).toEqual([['base', 'base']]);
  });
});

describe('an access key', () => {
  it('an access key is in the files when it is in both places: moving it removes it there', () => {
    expect(kinds({ base: key }, ['base']).accessKeys.get('base')).toBe('files');
  });

  it('an access key is in the keychain when the files have a temporary one', () => {
    expect(kinds({ base: { ...key, aws_session_token: 'invented' } }, ['base']).accessKeys.get('base')).toBe('keychain');
  });
});

it('a chain or a loop of 5,000 is followed without running out of stack', () => {
  const next = (index: number) => `p${index + 1}`;
  const chained = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`p${index}`, role(next(index))]));
  expect(chainOf('p0', { ...chained, p5000: key })).toHaveLength(5001);
  expect(errorOf('p0', { ...chained, p5000: role('p0') })?.[0]).toBe('role-source-loop');
});
