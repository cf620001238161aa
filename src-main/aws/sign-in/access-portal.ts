import type { SSOClient } from '@aws-sdk/client-sso';
import type { Result } from '../../contract/app-error.ts';
import type { SessionCredentials } from '../../core/credentials.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { IdentityCenterPlace } from '../../core/sign-in/sign-in-places.ts';
import { askPortal } from '../client/clients.ts';
import { patiently } from './patience.ts';
import { optionsOf, type WayToPlace, withoutValues } from './place-options.ts';

/** What the portal does not take any more, whatever its end: somebody signed out, or an administrator ended it. */
export type TokenRefused = 'token-refused';

/**
 * The credentials of a permission set. Errors: those of `askPortal`, and `portal-assignment-removed`
 * `{account, role, name}`.
 */
export function roleCredentials(
  place: IdentityCenterPlace,
  way: WayToPlace,
  accessToken: string,
  { accountId, roleName }: { readonly accountId: string; readonly roleName: string },
): Promise<Result<SessionCredentials | TokenRefused>> {
  return askAtPortal(place, way, 'sso:GetRoleCredentials', async (client) => {
    const { GetRoleCredentialsCommand } = await import('@aws-sdk/client-sso');
    try {
      const { roleCredentials: given } = await client.send(new GetRoleCredentialsCommand({ accessToken, accountId, roleName }));
      const { accessKeyId, secretAccessKey, sessionToken, expiration } = given ?? {};
      if (!accessKeyId || !secretAccessKey || !sessionToken || !expiration) return failed(withoutValues('IAM Identity Center'));
      return succeeded({ accessKeyId, secretAccessKey, sessionToken, expiresAt: expiration });
    } catch (error) {
      // AWS says either, and the second for an account or a role that there is not.
      if (['ForbiddenException', 'ResourceNotFoundException'].includes(nameOf(error)))
        return failed(appError('portal-assignment-removed', { account: accountId, role: roleName, name: place.name }));
      throw error;
    }
  });
}

/** Ends the sign-in at AWS, with all that was made from it. One that AWS does not know any more has ended. */
export async function logout(place: IdentityCenterPlace, way: WayToPlace, accessToken: string): Promise<Result<null>> {
  const ended = await askAtPortal(place, way, 'sso:Logout', async (client) => {
    const { LogoutCommand } = await import('@aws-sdk/client-sso');
    await client.send(new LogoutCommand({ accessToken }));
    return succeeded(null);
  });
  return ended.ok ? succeeded(null) : ended;
}

/** Calls the portal, again where it throttles. */
function askAtPortal<T>(...asked: Parameters<typeof askAtPortalOnce<T>>): Promise<Result<T | TokenRefused>> {
  return patiently(() => askAtPortalOnce(...asked));
}

/** Calls the portal; `send` throws what the SDK throws. */
export function askAtPortalOnce<T>(
  place: IdentityCenterPlace,
  way: WayToPlace,
  action: string,
  send: (client: SSOClient) => Promise<Result<T>>,
): Promise<Result<T | TokenRefused>> {
  const sendOrSay = async (client: SSOClient): Promise<Result<T | TokenRefused>> => {
    try {
      return await send(client);
    } catch (error) {
      if (nameOf(error) === 'UnauthorizedException') return succeeded('token-refused');
      throw error;
    }
  };
  return askPortal(optionsOf(place, way), { profile: way.profile, action }, sendOrSay);
}

export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');
