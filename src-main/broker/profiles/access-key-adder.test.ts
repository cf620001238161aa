import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LocalAws } from '../../../testing/aws/local-aws.ts';
import { BrokerBench, startAws } from '../../../testing/rigs/broker-rig.ts';

let aws: LocalAws;
let bench: BrokerBench;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());
beforeEach(async () => {
  bench = await BrokerBench.start(aws, { config: '[profile sso]\nsso_session = corp\n' });
  return () => bench.close();
});

const add = (profile: string, change: { secretAccessKey?: string; to?: 'files' | 'keychain'; region?: string } = {}) =>
  bench.broker.profileChanges.addAccessKey({
    profile,
    accessKeyId: aws.alice.accessKeyId,
    secretAccessKey: aws.alice.secretAccessKey,
    to: 'files',
    region: null,
    ...change,
  });
const credentials = () => readFile(bench.store.state.files.credentials, 'utf8');
const failure = () => {
  const { notice } = bench.store.state;
  return notice?.kind === 'failed' ? notice.error.code : notice?.kind;
};

describe('an access key that is added', () => {
  it('is proven, stands in the credentials file below what is there, and makes a profile', async () => {
    const before = await credentials();
    expect(await add('new')).toBe(true);
    expect(await credentials()).toBe(`${before}\n[new]\naws_access_key_id = ${aws.alice.accessKeyId}\naws_secret_access_key = ${aws.alice.secretAccessKey}\n`);
    expect(bench.store.profile('new')?.accessKey).toBe('files');
    expect(failure()).toBe('access-key-added');
  });

  it('may bring its region, which stands in the config file', async () => {
    expect(await add('new', { region: 'eu-central-1' })).toBe(true);
    expect(await readFile(bench.store.state.files.config, 'utf8')).toBe('[profile sso]\nsso_session = corp\n\n[profile new]\nregion = eu-central-1\n');
    expect(bench.store.profile('new')?.region).toBe('eu-central-1');
  });

  it.each([
    ['that AWS does not take', 'new', { secretAccessKey: 'wrong-and-long-enough' }, 'access-key-secret-wrong'],
    ['for a profile that is there', 'default', {}, 'profile-exists'],
    ['for a name that is taken by an entry of another kind', 'sso', {}, 'profile-exists'],
    ['for a name that tools read in two ways', 'a]b', {}, 'profile-name-unusable'],
    ['for a keychain that is not there', 'new', { to: 'keychain' as const }, 'keychain-missing'],
  ])('%s is refused, and nothing is written', async (_what, profile, change, code) => {
    const before = await credentials();
    expect(await add(profile, change)).toBe(false);
    expect(failure()).toBe(code);
    expect(await credentials()).toBe(before);
    expect(bench.store.profile('new')).toBeUndefined();
  });
});
