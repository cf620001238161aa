import type { GuardReport } from '../../contract/guard.ts';
import type { RelayRequest } from '../../contract/relay.ts';
import type { KnownText, ProjectReading, ProjectRole } from '../../contract/terraform-project.ts';
import { placedProviders, placedWays } from '../terraform/verdict/placed-ways.ts';
import { accountsOfUndecided, saidToAnyProgram } from '../terraform/verdict/stated-accounts.ts';

type ProjectMeaning = Omit<RelayRequest['project'], 'folder' | 'workspace'>;

/** What a folder says that is no project, or that cannot be read. */
export const saysNothing: ProjectMeaning = { accountIds: [], undecided: null, onTheWay: [], ofState: [], placed: [] };

/**
 * What a project says about the accounts of its runs. Where the project was judged, `stated` and the rows
 * of its providers are known; of a program that may do anything with it no provider is known to lead anywhere.
 */
export function projectMeaning(reading: ProjectReading, judged?: Pick<GuardReport, 'stated' | 'rows'>): ProjectMeaning {
  const chains = reading.providers.map(({ assumeRoles }) => assumeRoles.slice(0, -1));
  const arns = (roles: readonly ProjectRole[]) => roles.flatMap(({ roleArn }) => known(roleArn));
  const onTheWay = new Set(arns(chains.flat()));
  const ofState = [...arns(reading.backend?.assumeRoles ?? []), ...reading.stateRoles];
  const { stated, undecided } = judged === undefined ? saidToAnyProgram(reading) : saidToTerraform(reading, judged);
  return {
    accountIds: [...stated],
    undecided: undecided === null ? null : [...undecided],
    ...(judged === undefined ? { onTheWay: [], perhapsOnTheWay: [...onTheWay] } : { onTheWay: [...onTheWay] }),
    ofState: [...new Set(ofState)],
    placed: [...placedWays(reading, judged?.rows ?? [])],
  };
}

function saidToTerraform(reading: ProjectReading, { stated, rows }: Pick<GuardReport, 'stated' | 'rows'>) {
  const placed = placedProviders(reading, rows);
  return { stated, undecided: accountsOfUndecided(reading, (address) => placed.has(address)) };
}

function known(text: KnownText): readonly string[] {
  return text.kind === 'known' ? [text.value] : [];
}
