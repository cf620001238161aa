import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';

const it = withBroker(() => ({ config: '[profile sso]\nsso_session = corp\n' }));

const add = (rig: BrokerRig, profile: string, change: { secretAccessKey?: string; to?: 'files' | 'keychain'; region?: string } = {}) =>
  rig.broker.profileChanges.addAccessKey({
    profile,
    accessKeyId: rig.aws.alice.accessKeyId,
    secretAccessKey: rig.aws.alice.secretAccessKey,
    to: 'files',
    region: null,
    ...change,
  });
const credentials = (rig: BrokerRig) => readFile(rig.store.state.files.credentials, 'utf8');
const failure = (rig: BrokerRig) => {
  const { notice } = rig.store.state;
  return notice?.kind === 'failed' ? notice.error.code : notice?.kind;
};

describe('an access key that is added', () => {
  it('an access key that is added is proven, stands in the credentials file below what is there, and makes a profile', async ({ rig }) => {
    const before = await credentials(rig);
    expect(await add(rig, 'new')).toBe(true);
    expect(await credentials(rig)).toBe(
      `${before}\n[new]\naws_access_key_id = ${rig.aws.alice.accessKeyId}\naws_secret_access_key = ${rig.aws.alice.secretAccessKey}\n`,
    );
    expect(rig.store.profile('new')?.accessKey).toBe('files');
    expect(failure(rig)).toBe('access-key-added');
  });

  it('an access key that is added may bring its region, which stands in the config file', async ({ rig }) => {
    expect(await add(rig, 'new', { region: 'eu-central-1' })).toBe(true);
    expect(await readFile(rig.store.state.files.config, 'utf8')).toBe('[profile sso]\nsso_session = corp\n\n[profile new]\nregion = eu-central-1\n');
    expect(rig.store.profile('new')?.region).toBe('eu-central-1');
  });

  it.for<[what: string, profile: string, change: Parameters<typeof add>[2], code: string]>([
    ['that AWS does not take', 'new', { secretAccessKey: 'wrong-and-long-enough' }, 'access-key-secret-wrong'],
    ['for a profile that is there', 'default', {}, 'profile-exists'],
    ['for a name that is taken by an entry of another kind', 'sso', {}, 'profile-exists'],
    ['for a name that tools read in two ways', 'a]b', {}, 'profile-name-unusable'],
    ['for a keychain that is not there', 'new', { to: 'keychain' }, 'keychain-missing'],
  ])('an access key %s is refused, and nothing is written', async ([, profile, change, code], { rig }) => {
    const before = await credentials(rig);
    expect(await add(rig, profile, change)).toBe(false);
    expect(failure(rig)).toBe(code);
    expect(await credentials(rig)).toBe(before);
    expect(rig.store.profile('new')).toBeUndefined();
  });
});
