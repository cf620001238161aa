import type { ListedAccount } from '../../contract/local-api.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Profile, UiState } from '../../contract/ui-state.ts';
import { accountFor, accountOf, reachedBy } from './accounts.ts';

type Sources = {
  readonly profiles: readonly Profile[];
  readonly checks: UiState['checks'];
  readonly settings: Pick<Settings, 'accounts' | 'accountColors' | 'profileAccounts' | 'projects'>;
};

/** Every account that a profile or a project leads to, or that was marked or used before, by its ID. */
export function listedAccounts({ profiles, checks, settings }: Sources): readonly ListedAccount[] {
  const profilesOf = profilesByAccount(profiles, settings);
  const projectsOf = new Map<string, string[]>();
  for (const [folder, { accounts, deployed }] of Object.entries(settings.projects)) {
    const ids = [...Object.values(accounts).flat(), ...(deployed?.accountIds ?? []), ...reachedBy(checks[folder])];
    for (const id of new Set(ids)) add(projectsOf, id, folder);
  }
  const ids = new Set([...Object.keys(settings.accounts), ...profilesOf.keys(), ...projectsOf.keys()]);
  return [...ids]
    .toSorted((one, other) => one.localeCompare(other))
    .map((accountId) => listed(accountId, settings, { profiles: profilesOf.get(accountId) ?? [], projects: projectsOf.get(accountId) ?? [] }));
}

/** What an account is called where it has to be recognised: its name, else the one profile that leads there. */
export function recognisedName(accountId: string, { profiles, settings }: Pick<Sources, 'profiles' | 'settings'>): string | null {
  const { name } = accountFor(accountId, settings);
  if (name !== null) return name;
  const [profile = null, ...others] = profilesByAccount(profiles, settings).get(accountId) ?? [];
  return others.length === 0 ? profile : null;
}

function listed(accountId: string, settings: Sources['settings'], from: Pick<ListedAccount, 'profiles' | 'projects'>): ListedAccount {
  const { name = null, alias = null } = settings.accounts[accountId] ?? {};
  const { color, production } = accountFor(accountId, settings);
  return { accountId, name, alias, color, production, ...from };
}

function profilesByAccount(profiles: readonly Profile[], settings: Sources['settings']): ReadonlyMap<string, readonly string[]> {
  const byAccount = new Map<string, string[]>();
  for (const profile of profiles) {
    const id = accountOf(profile, settings);
    if (id !== null) add(byAccount, id, profile.name);
  }
  return byAccount;
}

function add(lists: Map<string, string[]>, accountId: string, entry: string): void {
  const list = lists.get(accountId);
  if (list === undefined) lists.set(accountId, [entry]);
  else list.push(entry);
}
