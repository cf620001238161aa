import type { GuardReport } from '../../src-main/contract/guard.ts';
import type { ProjectReading } from '../../src-main/contract/terraform-project.ts';
import { accountOfRole } from '../../src-main/core/terraform/reading/role-account.ts';
import { canBeAsked, guardReport } from '../../src-main/core/terraform/verdict/guard-report.ts';

/** The guard's report on a project, where the session is in account 111111111111 and AWS lets it into every role; `relayed`: the run goes through the relay. */
export function judged(reading: ProjectReading, { relayed }: { readonly relayed: boolean }): GuardReport {
  const sessionAccount = '111111111111';
  const reached = reading.providers.map((provider) => {
    const isAsked = canBeAsked(provider, ['default']);
    return [provider.address, isAsked ? { accountId: accountOfRole(provider) ?? sessionAccount } : null] as const;
  });
  return guardReport({
    reading,
    profile: 'default',
    meant: { profiles: ['default'], boundTo: [], accounts: [], relayed },
    reached: new Map(reached),
    sessionAccount,
    accountFor: (accountId) => ({ accountId, name: null, alias: null, production: false }),
  });
}
