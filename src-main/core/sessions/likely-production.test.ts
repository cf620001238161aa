import { describe, expect, it } from 'vitest';
import { Settings } from '../../contract/settings.ts';
import { held, profileWith } from '../../../testing/samples/sample-state.ts';
import { accountsOf } from './accounts.ts';
import { likelyProduction } from './likely-production.ts';

const accountId = held.identity.accountId;

function asked(name: string, changes: Partial<Settings> = {}, isUsed = true): string | null {
  const accounts = { [accountId]: { name, alias: null, color: null, production: false } };
  const settings = { ...Settings.parse({}), accounts, ...changes };
  const profiles = [profileWith(isUsed ? { kind: 'active', ...held } : { kind: 'none' })];
  return (
    likelyProduction({
      profiles,
      checks: {},
      settings,
      accounts: accountsOf({ profiles, prompt: null, question: null, signInPrompt: null, checks: {}, settings }),
    })?.name ?? null
  );
}

describe('an account that is likely to be production', () => {
  it.each(['prod-eu', 'example-production', 'PRD', 'shop_prd', 'live', 'shop-live', '本番', 'EC 本番環境', 'myprod'])(
    'is asked about by its name: %s',
    (name) => {
      expect(asked(name)).toBe(name);
    },
  );

  it.each(['dev', 'staging-eu', 'olive-garden', 'delivery', 'product-dev', 'nonprod', 'non-prod', 'pre-prod', 'alive'])(
    'is not taken from what only looks like it: %s',
    (name) => {
      expect(asked(name)).toBeNull();
    },
  );

  it('is asked about until somebody has said what it is, and only while it is used', () => {
    expect(asked('prod-eu', { productionSaid: [accountId] })).toBeNull();
    expect(asked('prod-eu', { accounts: { [accountId]: { name: 'prod-eu', alias: null, color: null, production: true } } })).toBeNull();
    expect(asked('prod-eu', {}, false)).toBeNull();
  });

  it('is asked about by the name of the one profile that leads there', () => {
    const settings = Settings.parse({});
    const profiles = [profileWith({ kind: 'active', ...held }, 'shop-prod')];
    const accounts = accountsOf({ profiles, prompt: null, question: null, signInPrompt: null, checks: {}, settings });
    expect(likelyProduction({ profiles, checks: {}, settings, accounts })?.name).toBe('shop-prod');
  });
});
