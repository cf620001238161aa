import { expect, it } from 'vitest';
import { entriesOf } from '../aws-files/aws-file-sections.ts';
import { readAwsFileText } from '../aws-files/aws-file-text.ts';
import { profileSettings } from './profile-settings.ts';

/** The settings of the profile `dev` in such a config file. */
function settingsIn(...lines: string[]) {
  const entries = entriesOf(readAwsFileText(['[profile dev]', ...lines, ''].join('\n')), 'config');
  return profileSettings({ name: 'dev', values: entries['dev'] ?? {} }, (name) => entries[name]);
}

it('a value of several lines becomes one, so that no SDK takes a part of it for another setting, or for the header of another profile', () => {
  const { body } = settingsIn('region = eu-west-1', '  [profile prod]', '  credential_process = foreign', 'output = json');
  expect(body).toEqual(['region = eu-west-1 [profile prod] credential_process = foreign', 'output = json']);
});

it('a setting by whose name an SDK would read the file in another way is left out', () => {
  const lines = ['[aside = a', 'aside #1 = a', '.credential_process = foreign', 's3.addressing_style.more = a', 'dienst: a', 'ü = a'];
  expect(settingsIn(...lines, 'region = eu-west-1').body).toEqual(['dienst = a', 'region = eu-west-1']);
});

it('a name that is both a setting and a block stands there once, or the AWS CLI would refuse the whole file', () => {
  expect(settingsIn('s3 = a', 's3.addressing_style = path').body).toEqual(['s3 = a']);
});

it('a section of services whose name the Go SDK would take for a comment is left out, or its lines would belong to a profile', () => {
  const { services } = settingsIn('services = a#b', '[services a#b]', 'sts =', '  endpoint_url = https://sts.example.com');
  expect(services).toEqual([]);
});
