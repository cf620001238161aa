import { describe, expect, it } from 'vitest';
import type { KnownAccount } from '../../contract/settings.ts';
import { toBeTyped } from './question-accounts.ts';

const marked = (name: string | null, alias: string | null = null): KnownAccount => ({ name, alias, color: null, production: true });
const account = (accountId: string, name: string | null, production = true) => ({ accountId, name, color: 'red' as const, production });

describe('what a person types where production is asked about', () => {
  it('what a person types is the name of the account, without one its ID, and of several all of them', () => {
    expect(toBeTyped([account('222222222222', 'prod-eu')], {})).toBe('prod-eu');
    expect(toBeTyped([account('222222222222', null), account('333333333333', 'dev', false), account('444444444444', 'prod-us')], {})).toBe(
      '222222222222, prod-us',
    );
    expect(toBeTyped([account('333333333333', 'dev', false)], {})).toBeNull();
  });

  it.each([
    ['the name of another account', 'prod', marked('prod')],
    ['the alias of another account', 'prod', marked(null, 'prod')],
    ['the name of another account in other letters', 'Prod  EU', marked('ｐｒｏｄ eu')],
    ['to the eye the name of another account, in Cyrillic', 'cope', marked('соре')],
    ['to the eye the name of another account, in Greek capitals', 'KATE', marked('ΚΑΤΕ')],
    ['to the eye the alias of another account, with digits', 'prod', marked(null, 'pr0d')],
  ])('what a person types is the ID where the name is also %s', (_what, name, other) => {
    expect(toBeTyped([account('222222222222', name)], { '222222222222': marked(name), '333333333333': other })).toBe('222222222222');
  });

  it.each([
    ['is the ID of another account', '333333333333'],
    ['is the ID of another account as it is shown', '3333-3333-3333'],
    ['looks empty', '\u3164'],
    ['has a letter that is not seen', 'prod\u115f'],
    ['ends with a space of another kind', 'prod\u3000'],
    ['has letters of two scripts that look alike', 'рrod'],
    ['has a letter in parts, which a keyboard puts together', 'プロタ\u3099'.normalize('NFD')],
  ])('what a person types is the ID where the name %s', (_what, name) => {
    expect(toBeTyped([account('222222222222', name)], {})).toBe('222222222222');
  });

  it('what a person types may be a name whose account has the same alias, or an ID of its own as its name', () => {
    expect(toBeTyped([account('222222222222', 'prod')], { '222222222222': marked('prod', 'prod') })).toBe('prod');
    expect(toBeTyped([account('222222222222', '222222222222')], {})).toBe('222222222222');
    expect(toBeTyped([account('222222222222', '本番 eu')], { '333333333333': marked('本番') })).toBe('本番 eu');
    expect(toBeTyped([account('222222222222', 'прод 1')], { '333333333333': marked('прод 2') })).toBe('прод 1');
  });
});
