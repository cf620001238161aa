import type { RelayRequest } from '../../contract/relay.ts';
import type { KnownText, ProjectReading } from '../../contract/terraform-project.ts';
import { statedAccounts } from '../terraform/verdict/stated-accounts.ts';

/**
 * What a project says about the accounts of its runs. `stated` is known where the project was judged; of
 * a program that may do anything with it no provider is known to lead anywhere.
 */
export function projectMeaning(
  reading: ProjectReading,
  stated: readonly string[] = statedAccounts(reading, () => false),
): Pick<RelayRequest['project'], 'accountIds' | 'onTheWay'> {
  const chains = reading.providers.map(({ assumeRoles }) => assumeRoles.slice(0, -1));
  const roles = [...chains.flat(), ...(reading.backend?.assumeRoles ?? [])].flatMap(({ roleArn }) => known(roleArn));
  return { accountIds: [...stated], onTheWay: [...new Set(roles)] };
}

function known(text: KnownText): readonly string[] {
  return text.kind === 'known' ? [text.value] : [];
}
