import { expect, it } from 'vitest';
import { foundTools } from './other-tools.ts';

const entry = (name: string, values: Readonly<Record<string, string>>) => ({ name, values });
const none = new Set<string>();

it('a home without signs of another tool has none, whatever its profiles are', () => {
  expect(foundTools([entry('default', { region: 'eu-central-1' })], none)).toEqual([]);
});

it.each([
  ['aws-vault', '.awsvault'],
  ['leapp', '.Leapp'],
  ['granted', '.granted'],
  ['awsume', '.awsume'],
  ['aws-sso-cli', '.config/aws-sso'],
])('%s is known by its folder', (tool, folder) => {
  expect(foundTools([], new Set([folder])).map((found) => found.tool)).toEqual([tool]);
});

it.each([
  ['aws-vault', { mfa_process: 'pass otp aws' }],
  ['aws-vault', { include_profile: 'base' }],
  ['aws-vault', { credential_process: '/opt/bin/aws-vault exec dev --json' }],
  ['granted', { granted_sso_start_url: 'https://example.awsapps.com/start' }],
  ['granted', { credential_process: '"C:\\Program Files\\granted\\granted.exe" credential-process --profile dev' }],
  ['awsume', { autoawsume: 'true' }],
  ['aws-sso-cli', { credential_process: 'aws-sso process --arn x' }],
])('%s is known by what it has in the AWS files: %j', (tool, values) => {
  expect(foundTools([entry('dev', values)], none).map((found) => found.tool)).toEqual([tool]);
});

it('a command whose arguments name another tool is no sign of it', () => {
  expect(foundTools([entry('dev', { credential_process: '/usr/bin/env aws-vault' })], none)).toEqual([]);
});

it('aws-vault keeps the keys of the users that have none in the files, and of no role or foreign source', () => {
  const entries = [
    entry('base', { mfa_serial: 'arn:aws:iam::111111111111:mfa/alice' }),
    entry('deploy', { role_arn: 'arn:aws:iam::222222222222:role/deploy', source_profile: 'base' }),
    entry('sso', { sso_session: 'work' }),
    entry('own', { aws_access_key_id: 'AKIAIOSFODNN7EXAMPLE', aws_secret_access_key: 'set' }),
    entry('empty', {}),
  ];
  expect(foundTools(entries, new Set(['.awsvault']))).toEqual([
    { tool: 'aws-vault', keysOf: ['base', 'empty'].map((profile) => ({ profile, command: `aws-vault export --no-session --format=json ${profile}` })) },
  ]);
});
