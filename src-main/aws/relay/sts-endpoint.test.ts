import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stsEndpoint } from './sts-endpoint.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sts-endpoint-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function endpointIn(region: string, env: Readonly<Record<string, string>> = {}, config = ''): Promise<string> {
  await writeFile(join(folder, 'config'), config);
  const found = await stsEndpoint({ profile: 'work', files: { config: join(folder, 'config'), credentials: join(folder, 'credentials') }, env }, region);
  return found.ok ? `${found.value.url.href} ${found.value.signingRegion}` : String(found.error.params['reason']);
}

it.each([
  ['eu-central-1', {}, 'https://sts.eu-central-1.amazonaws.com/ eu-central-1'],
  ['cn-north-1', {}, 'https://sts.cn-north-1.amazonaws.com.cn/ cn-north-1'],
  ['us-gov-west-1', { AWS_USE_FIPS_ENDPOINT: 'true' }, 'https://sts.us-gov-west-1.amazonaws.com/ us-gov-west-1'],
  ['us-east-1', { AWS_USE_FIPS_ENDPOINT: 'true' }, 'https://sts-fips.us-east-1.amazonaws.com/ us-east-1'],
  ['us-east-1', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }, 'https://sts.us-east-1.api.aws/ us-east-1'],
  ['eu-west-1', { AWS_STS_REGIONAL_ENDPOINTS: 'legacy' }, 'https://sts.amazonaws.com/ us-east-1'],
  ['eu-west-1', { AWS_ENDPOINT_URL: 'https://any.example', AWS_ENDPOINT_URL_STS: 'https://own.example/sts' }, 'https://own.example/sts eu-west-1'],
  ['eu-west-1', { AWS_ENDPOINT_URL: 'https://any.example' }, 'https://any.example/ eu-west-1'],
  ['eu-west-1', { AWS_ENDPOINT_URL: 'https://any.example', AWS_USE_FIPS_ENDPOINT: 'true' }, 'https://any.example/ eu-west-1'],
  ['eu-west-1', { AWS_ENDPOINT_URL: 'https://any.example', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, 'https://sts.eu-west-1.amazonaws.com/ eu-west-1'],
])('a call that was signed for %s, in an environment of %j, goes to %s', async (region, env, expected) => {
  expect(await endpointIn(region, env as Readonly<Record<string, string>>)).toBe(expected);
});

it('the profile of the run may say it too', async () => {
  expect(await endpointIn('us-east-1', {}, '[profile work]\nuse_fips_endpoint = true\n')).toBe('https://sts-fips.us-east-1.amazonaws.com/ us-east-1');
  expect(await endpointIn('us-east-1', {}, '[profile work]\nendpoint_url = https://own.example\n')).toBe('https://own.example/ us-east-1');
});

it('what is no address is told', async () => {
  expect(await endpointIn('us-east-1', { AWS_ENDPOINT_URL: 'localhost' })).toBe('Invalid URL');
});
