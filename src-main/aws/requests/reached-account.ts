import type { Result } from '../../contract/app-error.ts';
import { roleSessionSeconds } from '../../contract/limits.ts';
import { partitionOf } from '../../core/aws-names/arn.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { explainRefusal } from './assume-role-refusal.ts';
import type { ClientOptions } from '../client/clients.ts';
import { accountAlias, callerIdentity } from './identity.ts';
import { assumeRole } from './role-session.ts';

/** How a provider gets from a session to its account: the roles, in the order in which they are assumed. */
export type RolePath = {
  readonly roles: readonly { readonly roleArn: string; readonly externalId: string | null; readonly sessionName: string | null }[];
  /** The provider's own region; null for the profile's. */
  readonly region: string | null;
};

/**
 * The account at the end of a chain of roles, as AWS reports it. The role sessions on the way are never handed out.
 * Errors: those of AssumeRole, explained by `explainRefusal`, and `role-other-partition` `{roleArn, partition}`.
 */
export async function reachedAccount(
  options: ClientOptions,
  { roles, region }: RolePath,
): Promise<Result<{ readonly accountId: string; readonly alias: string | null }>> {
  let asking: ClientOptions = { ...options, region: region ?? options.region };
  for (const role of roles) {
    const next = await assumed(asking, role);
    if (!next.ok) return next;
    asking = next.value;
  }
  const caller = await callerIdentity(asking);
  if (!caller.ok) return caller;
  return succeeded({ accountId: caller.value.accountId, alias: await accountAlias(asking) });
}

async function assumed(options: ClientOptions, { roleArn, externalId, sessionName }: RolePath['roles'][number]): Promise<Result<ClientOptions>> {
  const issued = await assumeRole(options, {
    roleArn,
    externalId,
    sourceIdentity: null,
    sessionTags: [],
    transitiveTagKeys: [],
    roleSessionName: sessionName ?? 'sts-tray-account-guard',
    // As short as AWS allows: it is only asked who it is.
    durationSeconds: roleSessionSeconds.min,
    mfa: null,
    caller: options.profile,
  });
  if (issued.ok) return succeeded({ ...options, arn: roleArn, credentials: issued.value.credentials });
  const partition = partitionOf(options.arn ?? '');
  if (partition !== null && partitionOf(roleArn) !== partition) return failed(appError('role-other-partition', { roleArn, partition }));
  return failed(await explainRefusal(options, { roleArn, externalId, error: issued.error }));
}
