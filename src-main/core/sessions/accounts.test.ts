import { describe, expect, it } from 'vitest';
import { accountColors } from '../../contract/limits.ts';
import { accountFor, accountsOf } from './accounts.ts';
import { held, profileWith, roleProfileWith } from '../../../testing/samples/sample-state.ts';

const nothingKnown = { accounts: {}, profileAccounts: {} };

describe('the accounts of the state', () => {
  it('the accounts of the state are those of sessions, of roles that have none yet, and of user profiles that had one', () => {
    const profiles = [
      profileWith({ kind: 'active', ...held }),
      roleProfileWith({ kind: 'none' }),
      profileWith({ kind: 'none' }, 'staging'),
      profileWith({ kind: 'none' }, 'never-used'),
    ];
    const settings = { accounts: {}, profileAccounts: { staging: '333333333333' } };
    expect(Object.keys(accountsOf({ profiles, prompt: null, question: null, checks: {}, settings })).sort()).toEqual([
      '111111111111',
      '222222222222',
      '333333333333',
    ]);
  });

  it('the accounts of the state have the name that the user gave, else the alias that AWS returned last, and what the user marked them with', () => {
    const known = { name: null, alias: 'example-dev', color: 'pink' as const, production: true };
    expect(accountFor('111111111111', { '111111111111': known })).toEqual({ accountId: '111111111111', name: 'example-dev', color: 'pink', production: true });
    expect(accountFor('111111111111', { '111111111111': { ...known, name: 'dev' } }).name).toBe('dev');
    expect(accountFor('111111111111', {}).name).toBeNull();
  });

  it('the accounts of the state have a colour of their own when nobody chose one, the same at each start, and never that of a warning', () => {
    const color = (accountId: string) => accountFor(accountId, nothingKnown.accounts).color;
    expect(color('111111111111')).toBe(color('111111111111'));
    const ids = Array.from({ length: 400 }, (_, index) => String(100_000_000_000 + index * 7_919));
    expect(new Set(ids.map(color))).toEqual(new Set(accountColors.filter((each) => each !== 'red')));
  });
});
