import type { ProviderConfiguration } from '../../../contract/terraform-project.ts';
import { accountIdOf } from '../../aws-names/arn.ts';

/** The account of the last role that a provider assumes, according to the role's ARN; null where there is no role, or none that is known. */
export function accountOfRole({ assumeRoles }: Pick<ProviderConfiguration, 'assumeRoles'>): string | null {
  const last = assumeRoles.at(-1)?.roleArn;
  return last?.kind === 'known' ? accountIdOf(last.value) : null;
}
