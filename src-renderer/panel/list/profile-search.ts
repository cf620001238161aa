import type { Settings } from '../../../src-main/contract/settings.ts';
import type { Account, Profile } from '../../../src-main/contract/ui-state.ts';
import { accountOf } from '../../../src-main/core/sessions/accounts.ts';

/** The words that each profile is found by, by the name of the profile. */
export type SearchIndex = ReadonlyMap<string, string>;

type Known = {
  readonly profiles: readonly Profile[];
  readonly accounts: Readonly<Record<string, Account>>;
  readonly settings: Pick<Settings, 'profileAccounts'>;
};

/** Built once for a state, so that a keystroke only compares. */
export function searchIndex({ profiles, accounts, settings }: Known): SearchIndex {
  return new Map(
    profiles.map((profile) => {
      const accountId = accountOf(profile, settings);
      const called = accountId === null ? null : (accounts[accountId]?.name ?? null);
      const words = [profile.name, accountId, called, profile.role?.roleName];
      return [profile.name, normal(words.filter((word) => word !== null && word !== undefined).join('\n'))];
    }),
  );
}

/** The profiles that match every word of what was typed. An account ID may be typed in groups. */
export function findProfiles(profiles: readonly Profile[], index: SearchIndex, typed: string): readonly Profile[] {
  const words = normal(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  // An account ID in groups, alone or before other words.
  const [, id = '', rest = ''] = /^([\d\s-]*\d)\s*(.*)$/.exec(words.join(' ')) ?? [];
  const digits = id.replaceAll(/\D/g, '');
  const grouped = digits === id ? [] : [digits, ...rest.split(' ')];
  const hasAll = (text: string, all: readonly string[]) => all.every((word) => text.includes(word));
  return profiles.filter(({ name }) => {
    const text = index.get(name) ?? '';
    return hasAll(text, words) || (grouped.length > 0 && hasAll(text, grouped));
  });
}

/** Full-width input matches too. */
function normal(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
