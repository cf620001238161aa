import type { Settings } from '../../src-main/contract/settings.ts';
import type { Account, MfaPrompt, UiState } from '../../src-main/contract/ui-state.ts';

/** Where the session would lead; null until AWS has said so. */
export function promptAccount({ role, identity }: MfaPrompt, accounts: UiState['accounts']): Account | null {
  const accountId = role?.accountId ?? (identity.kind === 'known' ? identity.accountId : null);
  return accountId === null ? null : (accounts[accountId] ?? null);
}

/**
 * The account whose colour the prompt bears: one of production before all others, be it that of the role that a person
 * wants. Until AWS has said whose the key is, that of the profile's last session warns too, but says nothing else.
 */
export function bandAccount(prompt: MfaPrompt, accounts: UiState['accounts'], settings: Pick<Settings, 'profileAccounts'>): Account | null {
  const own = promptAccount(prompt, accounts);
  const wanted = prompt.wantedFor === null ? null : (accounts[prompt.wantedFor.role.accountId] ?? null);
  const lastId = own === null && Object.hasOwn(settings.profileAccounts, prompt.profile) ? settings.profileAccounts[prompt.profile] : undefined;
  const last = lastId === undefined ? null : (accounts[lastId] ?? null);
  return [own, wanted, last].find((account) => account?.production === true) ?? own;
}
