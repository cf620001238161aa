import { describe, expect, it } from 'vitest';
import type { ConfigEntry } from './config-entry.ts';
import { originOf } from './foreign-source.ts';
import { keyEnd } from '../foreign/key-end.ts';
import { tellProfilesApart, type ProfileKinds } from './role-chains.ts';
import { subjectOf } from '../foreign/web-identity-token.ts';

type Sections = Readonly<Record<string, ConfigEntry['values']>>;

function kinds(sections: Sections, keychain: readonly string[] = []): ProfileKinds {
  const entries = Object.entries(sections).map(([name, values]) => ({ name, values }));
  return tellProfilesApart(entries, new Set(keychain));
}

const errorOf = (profile: string, sections: Sections) => kinds(sections).unusable.get(profile);
const arn = (name: string): string => `arn:aws:iam::222222222222:role/${name}`;
const role = (source: string, more: ConfigEntry['values'] = {}): ConfigEntry['values'] => ({ role_arn: arn('deploy'), source_profile: source, ...more });
const longTerm = { aws_access_key_id: 'AKIAEXAMPLE', aws_secret_access_key: 'invented' };
const temporary = { aws_access_key_id: 'ASIAEXAMPLE', aws_secret_access_key: 'invented', aws_session_token: 'invented' };
const token = { role_arn: arn('ci'), web_identity_token_file: '/var/run/token' };
const machine = { role_arn: arn('ci'), credential_source: 'Ec2InstanceMetadata' };
const command = { credential_process: '/usr/bin/saml2aws credential-process --role arn:secret' };

describe('a foreign source', () => {
  it.each([
    ['a key with a session token', temporary, { kind: 'temporary-key' }],
    ['a web identity token', token, { kind: 'web-identity', file: '/var/run/token' }],
    ['the role of a machine', machine, { kind: 'machine', from: 'Ec2InstanceMetadata' }],
    ['the role of a container', { ...machine, credential_source: 'EcsContainer' }, { kind: 'machine', from: 'EcsContainer' }],
    ['another program, shown without its arguments', command, { kind: 'command', program: 'saml2aws' }],
  ])('a foreign source is a profile of its own, and the end of a chain: %s', (_, values, origin) => {
    const { foreign, roles, unusable, brokenRoles } = kinds({ end: values, deploy: role('end'), audit: role('deploy') });
    const source = foreign.get('end');
    expect(source && originOf(source)).toEqual(origin);
    expect(roles.get('audit')?.chain).toEqual(['audit', 'deploy', 'end']);
    expect([...unusable, ...brokenRoles]).toEqual([]);
  });

  it.each([
    ['a long-term key over a program', { ...longTerm, ...command }, undefined],
    ['a temporary key over a program', { ...temporary, ...command }, 'temporary-key'],
    ['a web identity over a temporary key', { ...temporary, ...token }, 'web-identity'],
    ['a web identity over source_profile', { ...token, source_profile: 'base' }, 'web-identity'],
  ])('a foreign source is chosen as botocore chooses: %s', (_, end, kind) => {
    expect(kinds({ end, base: longTerm }).foreign.get('end')?.kind).toBe(kind);
  });

  it.each([
    ['in the files', { ...longTerm, ...token }, []],
    ['in the keychain', machine, ['end']],
  ])('a foreign source of a role beside an access key %s is refused, for roles from it too, since the SDKs take the role', (_, end, keychain: string[]) => {
    const { unusable, accessKeys, roles } = kinds({ end, deploy: role('end') }, keychain);
    expect(accessKeys.has('end')).toBe(true);
    expect([unusable.get('end'), unusable.get('deploy')]).toEqual([
      { code: 'role-key-and-source', params: { profile: 'end' } },
      { code: 'role-key-and-source', params: { profile: 'end' } },
    ]);
    expect([...roles.keys()]).toEqual([]);
  });

  it('a foreign source gives way to the access key of its profile in the keychain', () => {
    const { foreign, accessKeys } = kinds({ end: command }, ['end']);
    expect([...foreign.keys()]).toEqual([]);
    expect(accessKeys.get('end')).toBe('keychain');
  });

  it.each([
    ['environment variables, which are those of whoever asks', { ...machine, credential_source: 'Environment' }, 'role-source-environment'],
    ['both sources', { ...machine, source_profile: 'base' }, 'role-two-sources'],
    ['a credential_source that AWS does not have', { ...machine, credential_source: 'Vault' }, 'role-credential-source'],
    ['a credential_source without a role', { credential_source: 'EcsContainer' }, 'role-source-without-role'],
    ['a code for the role of a machine', { ...machine, mfa_serial: 'arn:aws:iam::111111111111:mfa/alice' }, 'role-mfa-on-machine'],
    ['a token without a role', { web_identity_token_file: '/token' }, 'web-identity-no-role'],
    ['a token in a file that each program would find elsewhere', { ...token, web_identity_token_file: 'token' }, 'web-identity-relative'],
    ['a web identity with a role that is none', { ...token, role_arn: 'deploy' }, 'role-arn-invalid'],
    ['an empty program', { credential_process: ' ' }, 'profile-no-credentials'],
  ])('a foreign source is refused with a sentence, for itself and for roles from it: %s', (_, end, code) => {
    const sections = { end, base: longTerm, deploy: role('end') };
    expect(errorOf('end', sections)?.code).toBe(code);
    const byRole = errorOf('deploy', sections)?.code;
    expect(byRole).toBe(code === 'profile-no-credentials' ? 'role-source-no-key' : code);
  });

  it('a source that has both a role and a temporary key is refused, since its name stands for two things', () => {
    const sections = { both: { ...temporary, ...role('base') }, base: longTerm, deploy: role('both') };
    expect(errorOf('deploy', sections)).toEqual({ code: 'role-source-temporary', params: { profile: 'deploy', source: 'both' } });
    expect(kinds(sections).roles.get('both')?.chain).toEqual(['both', 'base']);
  });
});

describe('a command that leads back to its own profile', () => {
  it.each([
    ['by this app, in a shell', { a: { credential_process: 'sh -c "sts-tray credential-process a | cat"' } }, 'a → a'],
    [
      'by this app and another entry',
      { a: { credential_process: 'wrap sts-tray credential-process b --' }, b: { credential_process: 'sts-tray credential-process a' } },
      'a → b → a',
    ],
    ['by the AWS CLI', { a: { credential_process: 'aws configure export-credentials --profile a' } }, 'a → a'],
    ['by the AWS CLI with a variable', { a: { credential_process: 'env AWS_PROFILE=a aws configure export-credentials' } }, 'a → a'],
    ['by a role from it', { a: { credential_process: 'aws configure export-credentials --profile=b' }, b: role('a') }, 'a → b → a'],
    ['as the profile without a name', { default: { credential_process: '/usr/local/bin/aws configure export-credentials' } }, 'default → default'],
  ])('a command that leads back to its own profile is found in the files: %s', (_, sections: Sections, chain) => {
    const [profile = ''] = Object.keys(sections);
    expect(errorOf(profile, sections)).toEqual({ code: 'foreign-loop', params: { profile, chain } });
    expect(kinds(sections).brokenRoles.filter(({ code }) => code === 'foreign-loop').length).toBeLessThanOrEqual(2);
  });

  it.each([
    ['another profile by the AWS CLI', { a: { credential_process: 'aws configure export-credentials --profile b' }, b: longTerm }],
    ['a profile of the same name as a word of another program', { login: { credential_process: 'saml2aws script --profile login' } }],
  ])('a command that asks for something else is none that leads back: %s', (_, sections: Sections) => {
    const [profile = ''] = Object.keys(sections);
    expect(kinds(sections).foreign.get(profile)?.kind).toBe('command');
  });
});

describe('the end of a temporary key', () => {
  const at = Date.parse('2026-11-30T02:00:00Z');
  it.each([
    ['saml2aws', { x_security_token_expires: '2026-11-30T03:00:00+01:00' }],
    ['aws-azure-login', { aws_expiration: '2026-11-30T02:00:00.000Z' }],
    ['aws-mfa, in UTC', { expiration: '2026-11-30 02:00:00' }],
    ['two tools, the earlier', { expiration: '2026-11-30 02:00:00', aws_expiration: '2026-11-30T05:00:00Z' }],
  ])('the end of a temporary key is read as a tool writes it: %s', (_, values) => {
    expect(keyEnd(values)).toBe(at);
  });

  it.each([{}, { expiration: 'soon' }, { expiration: '' }, { aws_expiration: '2026-13-40T99:00:00Z' }])(
    'the end of a temporary key is not known from %j',
    (values) => {
      expect(keyEnd(values)).toBeNull();
    },
  );
});

describe('the subject of a token', () => {
  const jwt = (payload: string): string => ['e30', Buffer.from(payload).toString('base64url'), 'x'].join('.');

  it('the subject of a token is read whatever its letters are', () => {
    expect(subjectOf(jwt('{"sub":"repo:example/infrastruktur-ü:ref:refs/heads/main"}'))).toBe('repo:example/infrastruktur-ü:ref:refs/heads/main');
  });

  it.each(['', 'a.b', 'a.!.c', jwt('{"sub":7}'), jwt('{'), jwt('null'), jwt('{"sub":""}')])('there is no subject in %j', (text) => {
    expect(subjectOf(text)).toBeNull();
  });
});
