import type { Result } from '../../contract/app-error.ts';
import type { Identity } from '../../contract/ui-state.ts';
import { userNameOf } from '../../core/aws-names/arn.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { askIam, askSts, type ClientOptions } from '../client/clients.ts';

/** Who the credentials belong to. GetCallerIdentity needs no permission (AWS STS API reference). */
export function callerIdentity(options: ClientOptions): Promise<Result<Omit<Identity, 'accountAlias'>>> {
  return askSts(options, { profile: options.profile, action: 'sts:GetCallerIdentity' }, async (client) => {
    const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
    const { Account: accountId, Arn: arn } = await client.send(new GetCallerIdentityCommand({}));
    if (!accountId || !arn) return failed(appError('unexpected-answer', { service: 'STS', name: 'no account' }));
    return succeeded({ accountId, arn, userName: userNameOf(arn) });
  });
}

/** The account's alias; null when it has none or cannot be read. A failure does not matter: the alias is optional. */
export async function accountAlias(options: ClientOptions): Promise<string | null> {
  const alias = await askIam(options, { profile: options.profile, action: 'iam:ListAccountAliases' }, async (client) => {
    const { ListAccountAliasesCommand } = await import('@aws-sdk/client-iam');
    const { AccountAliases: aliases } = await client.send(new ListAccountAliasesCommand({}));
    return succeeded(aliases?.[0] ?? null);
  });
  return alias.ok ? alias.value : null;
}

/** The serial numbers of the caller's own MFA devices. */
export function mfaSerials(options: ClientOptions): Promise<Result<readonly string[]>> {
  return askIam(options, { profile: options.profile, action: 'iam:ListMFADevices' }, async (client) => {
    const { ListMFADevicesCommand } = await import('@aws-sdk/client-iam');
    const { MFADevices: devices } = await client.send(new ListMFADevicesCommand({}));
    return succeeded((devices ?? []).flatMap(({ SerialNumber: serial }) => (serial ? [serial] : [])));
  });
}
