import { accountColors } from '../../contract/limits.ts';
import type { AccountColor, KnownAccount, Settings } from '../../contract/settings.ts';
import type { Question } from '../../contract/question.ts';
import type { Account, MfaPrompt, Profile, UiState } from '../../contract/ui-state.ts';
import { accountIdsOf } from '../questions/question-accounts.ts';

type Sources = {
  readonly profiles: readonly Profile[];
  readonly prompt: MfaPrompt | null;
  readonly question: Question | null;
  readonly checks: UiState['checks'];
  readonly settings: Pick<Settings, 'accounts' | 'profileAccounts'>;
};

/** Every account that the profiles, their sessions, the prompt, the question and the checked projects lead to, by its ID. */
export function accountsOf({ profiles, prompt, question, checks, settings }: Sources): Readonly<Record<string, Account>> {
  const ids = new Set<string>();
  for (const profile of profiles) {
    const id = accountOf(profile, settings);
    if (id !== null) ids.add(id);
  }
  if (prompt?.identity.kind === 'known') ids.add(prompt.identity.accountId);
  if (question !== null) for (const id of accountIdsOf(question)) ids.add(id);
  for (const check of Object.values(checks)) for (const id of reachedBy(check)) ids.add(id);
  return Object.fromEntries([...ids].map((id) => [id, accountFor(id, settings.accounts)]));
}

/** The accounts that a project reached when it was last checked. */
export function reachedBy(check: UiState['checks'][string] | undefined): readonly string[] {
  return check?.kind === 'checked' ? check.report.rows.flatMap(({ account }) => (account === null ? [] : [account.accountId])) : [];
}

/** The account that a profile's session is for, or would be for. For a user profile it is known from its last session. */
export function accountOf({ name, role, session }: Profile, settings: Pick<Settings, 'profileAccounts'>): string | null {
  if ('identity' in session) return session.identity.accountId;
  return role?.accountId ?? settings.profileAccounts[name] ?? null;
}

/** Of an account that nobody has marked. */
export const unmarked: KnownAccount = { name: null, alias: null, color: null, production: false };

/** An account as the user marked it, with a derived colour where none was chosen. */
export function accountFor(accountId: string, known: Settings['accounts']): Account {
  const { name, alias, color, production } = known[accountId] ?? unmarked;
  return { accountId, name: name ?? alias, color: color ?? derivedColor(accountId), production };
}

/** Red can only be chosen, and is never derived: it would look like a warning. */
const derivedColors = accountColors.filter((color) => color !== 'red');

/** The same colour for the same account on every machine (FNV-1a over its digits). */
function derivedColor(accountId: string): AccountColor {
  let hash = 0x811c9dc5;
  for (const digit of accountId) hash = Math.imul(hash ^ digit.charCodeAt(0), 0x01000193) >>> 0;
  return derivedColors[hash % derivedColors.length] ?? 'blue';
}
