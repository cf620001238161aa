import type { Result } from '../contract/app-error.ts';
import type { Identity } from '../contract/ui-state.ts';
import { userNameOf } from '../core/arn.ts';
import { appError, failed, succeeded } from '../core/errors.ts';
import { iamClient, stsClient, type ClientOptions } from './clients.ts';
import { fromSdkError } from './errors.ts';

/** Who the credentials belong to. GetCallerIdentity needs no permission (AWS STS API reference). */
export async function callerIdentity(options: ClientOptions): Promise<Result<Omit<Identity, 'accountAlias'>>> {
  const client = await stsClient(options);
  try {
    const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
    const { Account: accountId, Arn: arn } = await client.send(new GetCallerIdentityCommand({}));
    if (!accountId || !arn) return failed(appError('unexpected-answer', { service: 'STS', name: 'no account' }));
    return succeeded({ accountId, arn, userName: userNameOf(arn) });
  } catch (error) {
    return failed(fromSdkError(error, { ...options, service: 'STS', action: 'sts:GetCallerIdentity', now: Date.now() }));
  } finally {
    client.destroy();
  }
}

/** The account's alias; null when it has none, or may not be asked: it is only a nicety. */
export async function accountAlias(options: ClientOptions): Promise<string | null> {
  const client = await iamClient(options);
  try {
    const { ListAccountAliasesCommand } = await import('@aws-sdk/client-iam');
    const { AccountAliases: aliases } = await client.send(new ListAccountAliasesCommand({}));
    return aliases?.[0] ?? null;
  } catch {
    return null;
  } finally {
    client.destroy();
  }
}

/** The serial numbers of the caller's own MFA devices. */
export async function mfaSerials(options: ClientOptions): Promise<Result<readonly string[]>> {
  const client = await iamClient(options);
  try {
    const { ListMFADevicesCommand } = await import('@aws-sdk/client-iam');
    const { MFADevices: devices } = await client.send(new ListMFADevicesCommand({}));
    return succeeded((devices ?? []).flatMap(({ SerialNumber: serial }) => (serial ? [serial] : [])));
  } catch (error) {
    return failed(fromSdkError(error, { ...options, service: 'IAM', action: 'iam:ListMFADevices', now: Date.now() }));
  } finally {
    client.destroy();
  }
}
