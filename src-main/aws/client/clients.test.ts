import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListMFADevicesCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { appError } from '../../core/errors.ts';
import { iamClient, stsClient } from './clients.ts';
import { fromSdkError } from './errors.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clients-'));
});
afterAll(() => rm(folder, { recursive: true }));

beforeEach(async () => {
  for (const name of Object.keys(process.env)) if (/^AWS_|_proxy$/i.test(name)) vi.stubEnv(name, undefined);
  await config('');
  // A call must read the files that it is given, even when the environment names others.
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'elsewhere'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'elsewhere'));
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const config = (text: string) => writeFile(join(folder, 'config'), text);

type Where = { readonly region?: string | null; readonly arn?: string };
type Signed = { readonly protocol: string; readonly hostname: string; readonly headers: Record<string, string> };

const optionsFor = ({ region = null, arn }: Where) => ({
  profile: 'work',
  files: { config: join(folder, 'config'), credentials: join(folder, 'credentials') },
  region,
  ...(arn === undefined ? {} : { arn }),
  credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'invented' },
});

/** The address at which STS would be called, and the region that the request is signed for; nothing is sent. */
async function stsAddress(where: Where): Promise<string> {
  const client = await stsClient(optionsFor(where));
  if (!client.ok) return String(client.error.params['reason']);
  let signed: Signed | null = null;
  client.value.middlewareStack.add(
    () => (args) => {
      signed = args.request as Signed;
      throw new Error('far enough');
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  await client.value.send(new GetCallerIdentityCommand({})).catch(() => null);
  return addressOf(signed);
}

async function iamAddress(where: Where): Promise<string> {
  const client = await iamClient(optionsFor(where));
  if (!client.ok) return String(client.error.params['reason']);
  let signed: Signed | null = null;
  client.value.middlewareStack.add(
    () => (args) => {
      signed = args.request as Signed;
      throw new Error('far enough');
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  await client.value.send(new ListMFADevicesCommand({})).catch(() => null);
  return addressOf(signed);
}

function addressOf(signed: Signed | null): string {
  if (signed === null) return 'nothing was signed';
  const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(signed.headers['authorization'] ?? '')?.[1];
  return `${signed.protocol}//${signed.hostname} ${region}`;
}

describe('the address of STS', () => {
  it.each([
    ['eu-central-1', 'https://sts.eu-central-1.amazonaws.com eu-central-1'],
    ['us-gov-east-1', 'https://sts.us-gov-east-1.amazonaws.com us-gov-east-1'],
    ['cn-northwest-1', 'https://sts.cn-northwest-1.amazonaws.com.cn cn-northwest-1'],
    ['eusc-de-east-1', 'https://sts.eusc-de-east-1.amazonaws.eu eusc-de-east-1'],
  ])('STS is asked in the region %s, in its partition', async (region, address) => {
    expect(await stsAddress({ region })).toBe(address);
  });

  it.each([
    ['arn:aws:iam::111111111111:mfa/alice', 'https://sts.us-east-1.amazonaws.com us-east-1'],
    ['arn:aws-cn:iam::111111111111:mfa/alice', 'https://sts.cn-north-1.amazonaws.com.cn cn-north-1'],
    ['arn:aws-us-gov:iam::111111111111:role/deploy', 'https://sts.us-gov-west-1.amazonaws.com us-gov-west-1'],
    ['arn:aws-iso-b:iam::111111111111:role/deploy', 'https://sts.us-isob-east-1.sc2s.sgov.gov us-isob-east-1'],
  ])('STS is asked in the partition of %s when no region is set', async (arn, address) => {
    expect(await stsAddress({ arn })).toBe(address);
  });

  it('STS is asked in the region of the environment before the profile’s, and an empty one is none', async () => {
    vi.stubEnv('AWS_DEFAULT_REGION', 'eu-west-1');
    expect(await stsAddress({ region: 'eu-central-1' })).toContain('eu-west-1');
    vi.stubEnv('AWS_REGION', 'eu-west-2');
    expect(await stsAddress({ region: 'eu-central-1' })).toContain('eu-west-2');
    vi.stubEnv('AWS_REGION', '');
    vi.stubEnv('AWS_DEFAULT_REGION', '');
    expect(await stsAddress({ region: 'eu-central-1' })).toContain('eu-central-1');
  });
});

describe('a region that cannot be right', () => {
  it.each(['us-west-2\r', 'us west 2', 'us-west-2/x'])('a region with a character that no region has is named before anything is sent: %j', async (region) => {
    const refused = { ok: false, error: appError('region-unusable', { profile: 'work', region: JSON.stringify(region) }) };
    expect([await stsClient(optionsFor({ region })), await iamClient(optionsFor({ region }))]).toEqual([refused, refused]);
    vi.stubEnv('AWS_REGION', region);
    expect(await stsClient(optionsFor({ region: 'us-west-2' }))).toEqual(refused);
  });

  it.each(['InvalidClientTokenId', 'SignatureDoesNotMatch', 'UnrecognizedClientException'])(
    'a key that a region of another partition does not take is told with the region: %s',
    (name) => {
      const error = Object.assign(new Error('refused'), { name, $metadata: { httpStatusCode: 403 } });
      const context = { profile: 'work', action: 'sts:GetCallerIdentity', service: 'STS', now: 0 } as const;
      for (const region of ['cn-north-1', 'us-gov-west-1', 'us-isob-east-1']) {
        expect(fromSdkError(error, { ...context, region })).toEqual(appError('access-key-other-partition', { profile: 'work', region }));
      }
      expect(fromSdkError(error, { ...context, region: 'eu-west-1' }).code).toMatch(/^access-key-(unknown|secret-wrong)$/);
    },
  );
});

describe('FIPS endpoints', () => {
  it.each([
    ['us-east-1', 'https://sts-fips.us-east-1.amazonaws.com us-east-1', 'https://iam-fips.amazonaws.com us-east-1'],
    ['us-gov-west-1', 'https://sts.us-gov-west-1.amazonaws.com us-gov-west-1', 'https://iam.us-gov.amazonaws.com us-gov-west-1'],
    ['cn-north-1', 'https://sts-fips.cn-north-1.amazonaws.com.cn cn-north-1', 'https://iam-fips.amazonaws.com.cn cn-north-1'],
  ])('STS and IAM are asked at the FIPS endpoints of %s', async (region, sts, iam) => {
    vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true');
    expect(await stsAddress({ region })).toBe(sts);
    expect(await iamAddress({ region })).toBe(iam);
  });

  it('with FIPS of the profile’s own entry, other profiles are asked as ever', async () => {
    await config('[profile work]\nuse_fips_endpoint = true\n');
    expect(await stsAddress({ region: 'us-east-1' })).toBe('https://sts-fips.us-east-1.amazonaws.com us-east-1');
    await config('[default]\nuse_fips_endpoint = true\n[profile work]\n');
    expect(await stsAddress({ region: 'us-east-1' })).toBe('https://sts.us-east-1.amazonaws.com us-east-1');
  });

  it('with FIPS no endpoint of one’s own is taken, and the sentence says so', async () => {
    vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true');
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
    expect(await stsAddress({ region: 'us-east-1' })).toContain('FIPS and custom endpoint are not supported');
  });
});

describe('dual-stack endpoints', () => {
  it.each([
    ['us-east-1', 'https://sts.us-east-1.api.aws us-east-1', 'https://iam.global.api.aws us-east-1'],
    ['us-gov-west-1', 'https://sts.us-gov-west-1.api.aws us-gov-west-1', 'https://iam.us-gov.api.aws us-gov-west-1'],
    ['cn-north-1', 'https://sts.cn-north-1.api.amazonwebservices.com.cn cn-north-1', 'https://iam.global.api.amazonwebservices.com.cn cn-north-1'],
  ])('STS and IAM are asked at the dual-stack endpoints of %s', async (region, sts, iam) => {
    vi.stubEnv('AWS_USE_DUALSTACK_ENDPOINT', 'true');
    expect(await stsAddress({ region })).toBe(sts);
    expect(await iamAddress({ region })).toBe(iam);
  });
});

describe('legacy STS endpoints', () => {
  const global = 'https://sts.amazonaws.com us-east-1';

  it('with legacy STS endpoints STS is asked at its global endpoint, for the regions that are older than the regional ones', async () => {
    vi.stubEnv('AWS_STS_REGIONAL_ENDPOINTS', 'legacy');
    expect(await stsAddress({ region: 'eu-west-1' })).toBe(global);
    expect(await stsAddress({ region: 'us-west-2' })).toBe(global);
    expect(await stsAddress({ region: 'eu-south-1' })).toBe('https://sts.eu-south-1.amazonaws.com eu-south-1');
    expect(await stsAddress({ region: 'us-gov-west-1' })).toBe('https://sts.us-gov-west-1.amazonaws.com us-gov-west-1');
    expect(await stsAddress({ region: 'cn-north-1' })).toBe('https://sts.cn-north-1.amazonaws.com.cn cn-north-1');
  });

  it('legacy STS endpoints may be the profile’s choice, and the environment overrules it', async () => {
    await config('[profile work]\nsts_regional_endpoints = legacy\n');
    expect(await stsAddress({ region: 'eu-west-1' })).toBe(global);
    vi.stubEnv('AWS_STS_REGIONAL_ENDPOINTS', 'regional');
    expect(await stsAddress({ region: 'eu-west-1' })).toBe('https://sts.eu-west-1.amazonaws.com eu-west-1');
  });

  it('with legacy STS endpoints FIPS is asked for in the region all the same', async () => {
    vi.stubEnv('AWS_STS_REGIONAL_ENDPOINTS', 'legacy');
    vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true');
    expect(await stsAddress({ region: 'us-east-2' })).toBe('https://sts-fips.us-east-2.amazonaws.com us-east-2');
  });
});

describe('an endpoint of one’s own', () => {
  it('an endpoint of one’s own is of the profile that the call is for, not of the default one', async () => {
    await config('[default]\nendpoint_url = https://default.example.com\n[profile work]\nendpoint_url = https://own.example.com\n');
    expect(await stsAddress({ region: 'us-east-1' })).toBe('https://own.example.com us-east-1');
    await config('[default]\nendpoint_url = https://default.example.com\n[profile work]\n');
    expect(await stsAddress({ region: 'us-east-1' })).toBe('https://sts.us-east-1.amazonaws.com us-east-1');
  });

  it('an endpoint of one’s own may be for one service alone, in a services section or in the environment', async () => {
    await config('[profile work]\nservices = dev\nendpoint_url = https://all.example.com\n[services dev]\nsts =\n  endpoint_url = https://sts.example.com\n');
    expect(await stsAddress({ region: 'us-east-1' })).toBe('https://sts.example.com us-east-1');
    expect(await iamAddress({ region: 'us-east-1' })).toBe('https://all.example.com us-east-1');
    vi.stubEnv('AWS_ENDPOINT_URL', 'https://any.example.com');
    vi.stubEnv('AWS_ENDPOINT_URL_IAM', 'https://iam.example.com');
    expect(await stsAddress({ region: 'us-east-1' })).toBe('https://any.example.com us-east-1');
    expect(await iamAddress({ region: 'us-east-1' })).toBe('https://iam.example.com us-east-1');
  });

  it('an endpoint of one’s own is left alone where it shall be ignored', async () => {
    await config('[profile work]\nendpoint_url = https://own.example.com\nignore_configured_endpoint_urls = true\n');
    vi.stubEnv('AWS_ENDPOINT_URL', 'https://any.example.com');
    expect(await stsAddress({ region: 'us-east-1' })).toBe('https://sts.us-east-1.amazonaws.com us-east-1');
  });

  it('an endpoint of one’s own that is no address is told', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'localhost');
    expect(await stsAddress({ region: 'us-east-1' })).toBe('Invalid URL');
  });
});
