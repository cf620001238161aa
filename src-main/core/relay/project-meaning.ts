import { ProfileName } from '../../contract/ipc.ts';
import type { GuardReport } from '../../contract/guard.ts';
import type { KnownText, ProjectReading, ProjectRole } from '../../contract/terraform-project.ts';
import type { ProjectMeaning } from './meant.ts';
import { placedProviders, placedWays } from '../terraform/verdict/placed-ways.ts';
import { accountsOfUndecided, saidToAnyProgram } from '../terraform/verdict/stated-accounts.ts';

/**
 * What a project says about the accounts of its runs. Where the project was judged, `stated` and the rows
 * of its providers are known; of a program that may do anything with it no provider is known to lead anywhere.
 */
export function projectMeaning(reading: ProjectReading, judged?: Pick<GuardReport, 'stated' | 'rows'>): ProjectMeaning {
  const chains = reading.providers.map(({ assumeRoles }) => assumeRoles.slice(0, -1));
  const arns = (roles: readonly ProjectRole[]) => roles.flatMap(({ roleArn }) => known(roleArn));
  const onTheWay = new Set(arns(chains.flat()));
  const ofState = [...arns(reading.backend?.assumeRoles ?? []), ...reading.stateRoles];
  const profiles = profilesOnTheWay(reading);
  const { stated, undecided } = judged === undefined ? saidToAnyProgram(reading) : saidToTerraform(reading, judged);
  return {
    accountIds: [...stated],
    undecided: undecided === null ? null : [...undecided],
    ...(judged === undefined ? { onTheWay: [], perhapsOnTheWay: [...onTheWay] } : { onTheWay: [...onTheWay] }),
    ...(judged === undefined || profiles.length === 0 ? {} : { profiles: [...profiles] }),
    ofState: [...new Set(ofState)],
    placed: [...placedWays(reading, judged?.rows ?? [])],
  };
}

function saidToTerraform(reading: ProjectReading, { stated, rows }: Pick<GuardReport, 'stated' | 'rows'>) {
  const placed = placedProviders(reading, rows);
  return { stated, undecided: accountsOfUndecided(reading, (address) => placed.has(address)) };
}

/** Those of states, and those with which a provider assumes a role: their own accounts are meant for no provider by that. */
function profilesOnTheWay({ providers, backend, stateProfiles = [] }: ProjectReading): readonly string[] {
  const sources = providers.filter(({ use, assumeRoles }) => use !== 'nothing' && assumeRoles.length > 0);
  const named = [...sources, ...(backend === null ? [] : [backend])].flatMap(({ profile }) => (profile === null ? [] : known(profile)));
  return [...new Set([...named, ...stateProfiles])].filter((name) => ProfileName.safeParse(name).success);
}

function known(text: KnownText): readonly string[] {
  return text.kind === 'known' ? [text.value] : [];
}
