import type { KnownAccount, Settings } from '../../contract/settings.ts';
import type { Account, Profile, UiState } from '../../contract/ui-state.ts';
import { accountIdsOf } from '../questions/question-accounts.ts';
import { derivedColor, newColors, type MarkedColors } from './account-colors.ts';

/** The parts of the state that say which accounts are shown. */
export const accountSources = ['profiles', 'prompt', 'question', 'signInPrompt', 'checks', 'settings'] as const;
type Sources = Pick<UiState, Exclude<(typeof accountSources)[number], 'settings'>> & {
  readonly settings: Pick<Settings, 'accounts' | 'accountColors' | 'profileAccounts'>;
};

/** Every account that the profiles, their sessions, the prompts, the question and the checked projects lead to, by its ID. */
export function accountsOf({ profiles, prompt, question, signInPrompt, checks, settings }: Sources): Readonly<Record<string, Account>> {
  const ids = new Set<string>();
  for (const profile of profiles) {
    const id = accountOf(profile, settings);
    if (id !== null) ids.add(id);
  }
  if (prompt?.identity.kind === 'known') ids.add(prompt.identity.accountId);
  if (question !== null) for (const id of accountIdsOf(question)) ids.add(id);
  if (signInPrompt?.step.kind === 'another-identity') {
    for (const { accountId } of [signInPrompt.step.before, signInPrompt.step.now]) if (accountId !== null) ids.add(accountId);
  }
  for (const check of Object.values(checks)) for (const id of reachedBy(check)) ids.add(id);
  const given = newColors(ids, settings);
  // Thousands of colours are not copied for nothing.
  const accountColors = Object.keys(given).length === 0 ? settings.accountColors : { ...settings.accountColors, ...given };
  const accounts: Record<string, Account> = {};
  for (const id of ids) accounts[id] = accountFor(id, { accounts: settings.accounts, accountColors });
  return accounts;
}

/** The accounts that a project reached when it was last checked. */
export function reachedBy(check: UiState['checks'][string] | undefined): readonly string[] {
  return check?.kind === 'checked' ? check.report.rows.flatMap(({ account }) => (account === null ? [] : [account.accountId])) : [];
}

/** The account that a profile's session is for, or would be for. For a user profile it is known from its last session. */
export function accountOf({ name, role, session }: Profile, settings: Pick<Settings, 'profileAccounts'>): string | null {
  if ('identity' in session) return session.identity.accountId;
  return role?.accountId ?? lastAccountOf(name, settings);
}

/** The account that a profile led to last; null where it never did, also for one with a name that every object has, such as `constructor`. */
export function lastAccountOf(profile: string, { profileAccounts }: Pick<Settings, 'profileAccounts'>): string | null {
  return (Object.hasOwn(profileAccounts, profile) ? profileAccounts[profile] : undefined) ?? null;
}

/** Of an account that nobody has marked. */
export const unmarked: KnownAccount = { name: null, alias: null, color: null, production: false };

/** An account as the user marked it, with the colour that it was given where none was chosen. */
export function accountFor(accountId: string, { accounts, accountColors }: MarkedColors): Account {
  const { name, alias, color, production } = accounts[accountId] ?? unmarked;
  return { accountId, name: name ?? alias, color: color ?? accountColors[accountId] ?? derivedColor(accountId), production };
}
