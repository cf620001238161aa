import type { Settings } from '../../contract/settings.ts';
import type { Profile } from '../../contract/ui-state.ts';
import { accountOf } from './accounts.ts';

type Sources = {
  readonly profiles: readonly Profile[];
  readonly settings: Pick<Settings, 'accounts' | 'profileAccounts' | 'projects'>;
};

/** The accounts that the user has to do with: those of profiles, those that the user marked or bound a folder to, and those that runs came into. */
export function knownAccounts({ profiles, settings }: Sources): ReadonlySet<string> {
  const ofProfiles = profiles.flatMap((profile) => accountOf(profile, settings) ?? []);
  const ofProjects = Object.values(settings.projects).flatMap(({ accounts, deployed }) => [...Object.values(accounts).flat(), ...(deployed?.accountIds ?? [])]);
  return new Set([...Object.keys(settings.accounts), ...ofProfiles, ...ofProjects]);
}
