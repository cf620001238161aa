import type { Settings } from '../../src-main/contract/settings.ts';
import type { Profile } from '../../src-main/contract/ui-state.ts';

/** The account that a profile's session is for, or would be: of a user profile known from its last session. */
export function accountOf({ name, role, session }: Profile, settings: Pick<Settings, 'profileAccounts'>): string | null {
  if ('identity' in session) return session.identity.accountId;
  return role?.accountId ?? settings.profileAccounts[name] ?? null;
}
