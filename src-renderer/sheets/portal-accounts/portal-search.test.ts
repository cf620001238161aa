import { describe, expect, it } from 'vitest';
import type { PortalAccount } from '../../../src-main/contract/sign-in.ts';
import { findAccounts, isChosen, toggled } from './portal-search.ts';

const accounts: readonly PortalAccount[] = [
  { accountId: '111122223333', name: 'shop-dev', email: 'dev@example.com', roles: ['AdministratorAccess', 'ReadOnly'] },
  { accountId: '444455556666', name: 'shop-prod', email: 'prod@example.com', roles: ['ReadOnly'] },
  { accountId: '777788889999', name: 'audit', email: 'audit@example.com', roles: [] },
];
const found = (typed: string) => findAccounts(accounts, typed).map(({ name, roles }) => [name, roles]);

describe('the search among the accounts of an access portal', () => {
  it('a search among accounts without a word gives all of them', () => {
    expect(findAccounts(accounts, '  ')).toBe(accounts);
  });

  it('a search among accounts by the name, the ID or the address of an account gives it with all its roles', () => {
    expect(found('shop-dev')).toEqual([['shop-dev', ['AdministratorAccess', 'ReadOnly']]]);
    expect(found('4444')).toEqual([['shop-prod', ['ReadOnly']]]);
    expect(found('AUDIT@')).toEqual([['audit', []]]);
  });

  it('a search among accounts by a role leaves only the roles that have its name', () => {
    expect(found('admin')).toEqual([['shop-dev', ['AdministratorAccess']]]);
    expect(found('shop read')).toEqual([
      ['shop-dev', ['ReadOnly']],
      ['shop-prod', ['ReadOnly']],
    ]);
  });

  it('a search among accounts takes full-width letters for the same, and finds nothing where a word is nowhere', () => {
    expect(found('ｓｈｏｐ－ｐｒｏｄ')).toEqual([['shop-prod', ['ReadOnly']]]);
    expect(found('shop billing')).toEqual([]);
  });

  it('a role that is chosen twice is not chosen, and those of the same name in other accounts stay as they are', () => {
    const [a, b] = [
      { accountId: '1', roleName: 'ReadOnly' },
      { accountId: '2', roleName: 'ReadOnly' },
    ];
    const both = toggled(toggled([], a), b);
    expect(both).toEqual([a, b]);
    expect(toggled(both, a)).toEqual([b]);
    expect(isChosen(toggled(both, a), a)).toBe(false);
  });
});
