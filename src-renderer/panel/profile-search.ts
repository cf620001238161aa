import type { Settings } from '../../src-main/contract/settings.ts';
import type { Account, Profile } from '../../src-main/contract/ui-state.ts';

/** What is known of every profile that can be searched for, in the words that it is found by. */
export type SearchIndex = ReadonlyMap<string, string>;

type Known = {
  readonly profiles: readonly Profile[];
  readonly accounts: Readonly<Record<string, Account>>;
  readonly settings: Pick<Settings, 'profileAccounts'>;
};

/** Made once for a state, so that a keystroke only compares. By the name of the profile. */
export function searchIndex({ profiles, accounts, settings }: Known): SearchIndex {
  return new Map(
    profiles.map((profile) => {
      const accountId = accountOf(profile, settings);
      const alias = accountId === null ? null : (accounts[accountId]?.alias ?? null);
      const words = [profile.name, accountId, alias, profile.role?.roleName];
      return [profile.name, normal(words.filter((word) => word !== null && word !== undefined).join('\n'))];
    }),
  );
}

/** Whether every word of what was typed is found; an account ID may be typed in groups. */
export function matches(index: SearchIndex, profile: string, typed: string): boolean {
  const text = index.get(profile) ?? '';
  return queryWords(typed).every((word) => text.includes(word));
}

/** The account that a profile's session is for, or would be: of a user profile known from its last session. */
export function accountOf({ name, role, session }: Profile, settings: Pick<Settings, 'profileAccounts'>): string | null {
  if ('identity' in session) return session.identity.accountId;
  return role?.accountId ?? settings.profileAccounts[name] ?? null;
}

function queryWords(typed: string): readonly string[] {
  const query = normal(typed).trim();
  const digits = query.replaceAll(/[\s-]/g, '');
  return /^\d+$/.test(digits) ? [digits] : query.split(/\s+/).filter((word) => word !== '');
}

/** Full-width input finds as well. */
function normal(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
