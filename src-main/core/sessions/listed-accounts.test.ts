import { describe, expect, it } from 'vitest';
import { Settings } from '../../contract/settings.ts';
import { listedAccounts, recognisedName } from './listed-accounts.ts';
import { profileWith, roleProfileWith } from '../../../testing/samples/sample-state.ts';

const settings = Settings.parse({
  accounts: {
    '333333333333': { name: 'prod-eu', alias: 'example-production', color: 'red', production: true },
    '444444444444': { alias: null, color: null, production: false },
  },
  profileAccounts: { default: '111111111111', old: '111111111111' },
  projects: { '/home/network': { profile: 'default', accounts: { default: ['222222222222'], eu: ['333333333333'] }, runSeconds: { apply: [], destroy: [] } } },
});
const profiles = [profileWith({ kind: 'none' }, 'default'), profileWith({ kind: 'none' }, 'old'), roleProfileWith({ kind: 'none' }, 'deploy')];

describe('the accounts that are known', () => {
  it('the accounts that are known are those of profiles, of projects, and all that were marked or used', () => {
    const found = listedAccounts({ profiles, checks: {}, settings });
    expect(found.map(({ accountId, profiles: names, projects }) => [accountId, names, projects])).toEqual([
      ['111111111111', ['default', 'old'], []],
      ['222222222222', ['deploy'], ['/home/network']],
      ['333333333333', [], ['/home/network']],
      ['444444444444', [], []],
    ]);
    expect(found[2]).toMatchObject({ name: 'prod-eu', alias: 'example-production', color: 'red', production: true });
    expect(found[0]).toMatchObject({ name: null, alias: null, production: false });
  });

  it('an account is called as the user named it, else by its alias, else after the one profile that leads there', () => {
    const called = (accountId: string) => recognisedName(accountId, { profiles, settings });
    expect(['111111111111', '222222222222', '333333333333', '444444444444'].map(called)).toEqual([null, 'deploy', 'prod-eu', null]);
  });
});
