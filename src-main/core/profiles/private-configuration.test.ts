import { expect, it } from 'vitest';
import { privateConfiguration, servedNames } from './private-configuration.ts';

const commandLine = ['/opt/sts-tray/bin/sts-tray'];
const own = (...names: string[]) => names.map((name) => ({ name, profile: name }));

it('each profile asks the app for its credentials, under its own name, and an installed entry for the profile that it stands for', () => {
  const settingsOf = (name: string) => ({ body: [`region = of-${name}`], services: [], tools: [] });
  const text = privateConfiguration([...own('default', 'prod'), { name: 'prod-sts', profile: 'prod' }], { commandLine, settingsOf });
  expect(text).toBe(
    [
      '[default]',
      'credential_process = /opt/sts-tray/bin/sts-tray credential-process default',
      'region = of-default',
      '',
      '[profile prod]',
      'credential_process = /opt/sts-tray/bin/sts-tray credential-process prod',
      'region = of-prod',
      '',
      '[profile prod-sts]',
      'credential_process = /opt/sts-tray/bin/sts-tray credential-process prod',
      'region = of-prod-sts',
      '',
    ].join('\n'),
  );
});

it('a services section that several profiles refer to stands there once', () => {
  const services = ['[services local]', 's3 =', '  endpoint_url = http://127.0.0.1:9000'];
  const text = privateConfiguration(own('a', 'b'), { commandLine, settingsOf: () => ({ body: ['services = local'], services, tools: [] }) });
  expect(text.split('\n').filter((line) => line === '[services local]')).toHaveLength(1);
  expect(text.endsWith(`\n${services.join('\n')}\n`)).toBe(true);
});

it('the sections that the AWS CLI has for itself stand there once, behind all profiles', () => {
  const tools = ['[plugins]', 'login = awscli_login'];
  const text = privateConfiguration(own('a', 'b'), { commandLine, settingsOf: () => ({ body: [], services: [], tools }) });
  expect(text.split('\n').filter((line) => line === '[plugins]')).toHaveLength(1);
  expect(text.endsWith(`\n${tools.join('\n')}\n`)).toBe(true);
});

it('a name that programs read in different ways is left out, so that none of them finds another profile by it', () => {
  const names = own('prod', 'my team', "it's", 'a]b', 'a #b', 'a#b', 'a;b', '-rf', '$HOME', ',a', '__proto__');
  expect(servedNames(names, { commandLine }).map(({ name }) => name)).toEqual(['prod', 'my team']);
});
