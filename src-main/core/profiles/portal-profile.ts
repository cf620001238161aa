import type { Result } from '../../contract/app-error.ts';
import { accountIdPattern } from '../../contract/limits.ts';
import { appError, failed, succeeded } from '../errors.ts';
import { identityCenterId, type IdentityCenterPlace } from '../sign-in/sign-in-places.ts';
import type { ConfigEntry } from './config-entry.ts';

/** What the `[sso-session NAME]` sections of the config file say, by their names. */
export type SsoSessions = (name: string) => ConfigEntry['values'] | undefined;

/** What gives access without a `sso_registration_scopes` (AWS CLI, `configure sso`). */
const defaultScope = 'sso:account:access';

/** Whether the SDKs look for an entry's credentials in an access portal (botocore, `SSOProvider`). */
export function isPortalProfile({ values }: ConfigEntry): boolean {
  return values['sso_role_name'] !== undefined || values['sso_account_id'] !== undefined;
}

/**
 * The permission set that an entry means, by botocore's rules. Errors: `sso-session-missing` `{profile, session}`,
 * `sso-session-contradicts` `{profile, session, setting}`, `sso-session-incomplete` `{profile, settings}`,
 * `portal-address-invalid` `{profile, startUrl}`.
 */
export function portalSource(
  entry: ConfigEntry,
  sessions: SsoSessions,
): Result<{ readonly kind: 'identity-center'; readonly place: IdentityCenterPlace; readonly accountId: string; readonly roleName: string }> {
  const { name: profile, values } = entry;
  const sessionName = values['sso_session'];
  const session = sessionName === undefined ? {} : sessions(sessionName);
  if (sessionName !== undefined && session === undefined) return failed(appError('sso-session-missing', { profile, session: sessionName }));
  const setting = Object.keys(session ?? {}).find((name) => values[name] !== undefined && values[name] !== session?.[name]);
  if (setting !== undefined) return failed(appError('sso-session-contradicts', { profile, session: sessionName ?? '', setting }));
  const all = { ...values, ...session };
  const { sso_account_id: accountId = '', sso_role_name: roleName = '' } = all;
  // The portal of a session is what the session says alone: a profile may repeat it, not complete it.
  const portal = sessionName === undefined ? values : (session ?? {});
  const missing = [...['sso_start_url', 'sso_region'].filter((name) => !portal[name]), ...['sso_account_id', 'sso_role_name'].filter((name) => !all[name])];
  if (missing.length > 0) return failed(appError('sso-session-incomplete', { profile, settings: missing.join(', ') }));
  if (!accountIdPattern.test(accountId)) return failed(appError('sso-account-invalid', { profile, value: accountId }));
  const place = placeOf(sessionName ?? null, all);
  return place === null
    ? failed(appError('portal-address-invalid', { profile, startUrl: all['sso_start_url'] ?? '' }))
    : succeeded({ kind: 'identity-center', place, accountId, roleName });
}

/** The portal of an `[sso-session NAME]`, or of an entry with `sso_start_url` where `name` is null; null where there is none that can be reached. */
export function placeOf(name: string | null, values: ConfigEntry['values']): IdentityCenterPlace | null {
  const { sso_start_url: startUrl, sso_region: region, sso_registration_scopes: scopes } = values;
  if (!startUrl || !region || !URL.canParse(startUrl)) return null;
  const { protocol, host } = new URL(startUrl);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  const asked = (scopes ?? '').split(',').map((scope) => scope.trim());
  return {
    way: 'identity-center',
    signInId: identityCenterId({ startUrl, region }),
    name: name ?? host,
    isSession: name !== null,
    startUrl,
    region,
    scopes: scopes === undefined ? [defaultScope] : asked.filter((scope) => scope !== ''),
  };
}
