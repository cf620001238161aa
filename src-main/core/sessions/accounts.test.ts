import { describe, expect, it } from 'vitest';
import type { SignInPrompt } from '../../contract/sign-in.ts';
import { accountFor, accountOf, accountsOf } from './accounts.ts';
import { held, profileWith, roleProfileWith } from '../../../testing/samples/sample-state.ts';

const nothingKnown = { accounts: {}, accountColors: {}, profileAccounts: {} };

describe('the accounts of the state', () => {
  it('the accounts of the state are those of sessions, of roles that have none yet, and of user profiles that had one', () => {
    const profiles = [
      profileWith({ kind: 'active', ...held }),
      roleProfileWith({ kind: 'none' }),
      profileWith({ kind: 'none' }, 'staging'),
      profileWith({ kind: 'none' }, 'never-used'),
    ];
    const settings = { ...nothingKnown, profileAccounts: { staging: '333333333333' } };
    expect(Object.keys(accountsOf({ profiles, prompt: null, question: null, signInPrompt: null, checks: {}, settings })).sort()).toEqual([
      '111111111111',
      '222222222222',
      '333333333333',
    ]);
  });

  it('the accounts of the state are also those of a person who signed in as another one than before, so that both are marked', () => {
    const somebody = (accountId: string | null) => ({ accountId, name: 'somebody', isRoot: false });
    const step = { kind: 'another-identity', before: somebody('111111111111'), now: somebody('222222222222'), answerBy: 0 } as const;
    const prompt = { promptId: '1', signInId: 'aws-login dev', way: 'aws-login', name: 'dev', host: null, profile: null, waiting: [], step } as const;
    const of = (signInPrompt: SignInPrompt) =>
      Object.keys(accountsOf({ profiles: [], prompt: null, question: null, signInPrompt, checks: {}, settings: nothingKnown })).sort();
    expect(of(prompt)).toEqual(['111111111111', '222222222222']);
    expect(of({ ...prompt, step: { ...step, now: somebody(null) } })).toEqual(['111111111111']);
    expect(of({ ...prompt, step: { kind: 'finishing' } })).toEqual([]);
  });

  it.each(['constructor', 'toString', '__proto__', 'valueOf'])('a profile called %s that was never used has no account', (name) => {
    expect(accountOf(profileWith({ kind: 'none' }, name), nothingKnown)).toBeNull();
  });

  it('the accounts of the state have the name that the user gave, else the alias that AWS returned last, and what the user marked them with', () => {
    const known = { name: null, alias: 'example-dev', color: 'pink' as const, production: true };
    expect(accountFor('111111111111', { ...nothingKnown, accounts: { '111111111111': known } })).toEqual({
      accountId: '111111111111',
      name: 'example-dev',
      color: 'pink',
      production: true,
    });
    expect(accountFor('111111111111', { ...nothingKnown, accounts: { '111111111111': { ...known, name: 'dev' } } }).name).toBe('dev');
    expect(accountFor('111111111111', nothingKnown).name).toBeNull();
  });

  it('the accounts of the state have the colour that was chosen, else the one that they were given, else the first that is free', () => {
    const profiles = ['111111111111', '222222222222', '333333333333'].map((_, index) => profileWith({ kind: 'none' }, `profile-${index}`));
    const settings = {
      accounts: { '111111111111': { name: null, alias: null, color: 'pink' as const, production: false } },
      accountColors: { '111111111111': 'blue' as const, '222222222222': 'teal' as const },
      profileAccounts: { 'profile-0': '111111111111', 'profile-1': '222222222222', 'profile-2': '333333333333' },
    };
    const shown = accountsOf({ profiles, prompt: null, question: null, signInPrompt: null, checks: {}, settings });
    expect(Object.values(shown).map(({ color }) => color)).toEqual(['pink', 'teal', 'blue']);
  });
});
