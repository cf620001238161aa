import type { RelayRequest } from '../../contract/relay.ts';
import type { KnownText, ProjectReading } from '../../contract/terraform-project.ts';
import { namedAccounts } from '../terraform/verdict/verdict.ts';

/** What a project says about the accounts of its runs. What is no account's ID says nothing. */
export function projectMeaning(reading: ProjectReading): Pick<RelayRequest['project'], 'accountIds' | 'onTheWay'> {
  const chains = reading.providers.map(({ assumeRoles }) => assumeRoles.slice(0, -1));
  const roles = [...chains.flat(), ...(reading.backend?.assumeRoles ?? [])].flatMap(({ roleArn }) => known(roleArn));
  return { accountIds: namedAccounts(reading, []).filter((id) => /^\d{12}$/.test(id)), onTheWay: [...new Set(roles)] };
}

function known(text: KnownText): readonly string[] {
  return text.kind === 'known' ? [text.value] : [];
}
