import type { Result } from '../../contract/app-error.ts';
import { roleNamePattern } from '../../contract/limits.ts';
import type { PortalAccount, PortalRole } from '../../contract/sign-in.ts';
import { entriesOf } from '../aws-files/aws-file-sections.ts';
import { linesOf, readAwsFileText } from '../aws-files/aws-file-text.ts';
import { breaksBehind, headerOf, isInstallableName, lineEndOf } from '../aws-files/config-lines.ts';
import { appError, failed, succeeded } from '../errors.ts';
import type { IdentityCenterPlace } from '../sign-in/sign-in-places.ts';
import type { ConfigEntry } from './config-entry.ts';

/** A role of an access portal as people name it where no profile does: `ACCOUNT/ROLE`, or `PORTAL/ACCOUNT/ROLE` where there are several portals. */
export type NamedPortalRole = PortalRole & { readonly portal: string | null };

/** What such a name means; null for the name of something else. Accounts go by their number: a name may be that of two. */
export function namedPortalRole(name: string): NamedPortalRole | null {
  const [, portal, accountId, roleName] = /^(?:([^/]+)\/)?(\d{12})\/(.+)$/.exec(name) ?? [];
  return accountId === undefined || roleName === undefined || !roleNamePattern.test(roleName) ? null : { portal: portal ?? null, accountId, roleName };
}

/** The settings by which AWS's tools find a role in an access portal. */
export function portalSettings(place: IdentityCenterPlace, { accountId, roleName }: PortalRole): ConfigEntry['values'] {
  const way = place.isSession ? { sso_session: place.name } : { sso_start_url: place.startUrl, sso_region: place.region };
  return { ...way, sso_account_id: accountId, sso_role_name: roleName };
}

/** A profile that would be written for a role. */
export type PortalProfile = PortalRole & { readonly name: string };

/**
 * Names for the profiles of chosen roles: the account's, and the role's too where several of that account were chosen,
 * or where the name is taken; then the account's number. Never `default`, which every tool takes that names no profile. Letters that a section's name cannot have become `-`.
 */
export function namesForRoles(chosen: readonly PortalRole[], accounts: readonly PortalAccount[], isTaken: (name: string) => boolean): readonly PortalProfile[] {
  const named = new Map<string, PortalProfile>();
  for (const { accountId, roleName } of chosen) {
    const account = nameable(accounts.find((one) => one.accountId === accountId)?.name ?? '') || accountId;
    const isOnly = chosen.filter((role) => role.accountId === accountId).length === 1;
    const wanted = [...(isOnly ? [account] : []), `${account}-${roleName}`, `${account}-${roleName}-${accountId}`];
    const name = wanted.find((one) => isInstallableName(one) && one !== 'default' && !isTaken(one) && !named.has(one)) ?? `${accountId}-${roleName}`;
    named.set(name, { name, accountId, roleName });
  }
  return [...named.values()];
}

function nameable(text: string): string {
  const words = text.normalize('NFKC').split(/[^\p{L}\p{N}_.+@]/u);
  return words
    .filter((word) => word !== '')
    .join('-')
    .slice(0, nameLength);
}

/** How much of an account's name is used, so that the name of its profile stays one that can be typed. */
const nameLength = 40;

/** The lines of such profiles, without a line end at the end. */
export function portalProfileLines(place: IdentityCenterPlace, profiles: readonly PortalProfile[]): readonly string[] {
  return profiles.flatMap((profile, index) => [
    ...(index === 0 ? [] : ['']),
    headerOf(profile.name, 'config'),
    ...Object.entries(portalSettings(place, profile)).map(([name, value]) => `${name} = ${value}`),
  ]);
}

/**
 * The config file with the profiles at the end of the block that this app keeps for the portal, which is made at the
 * end where there is none. Every other character stays. Fails with `portal-profile-taken` `{profile}` where a profile
 * has that name by now and is not the same one.
 *
 *     # sts-tray portal begin corp (profiles that STS Tray added when you chose them; they are yours to change)
 *     [profile shop-dev]
 *     …
 *     # sts-tray portal end corp
 */
export function withPortalProfiles(text: string, place: IdentityCenterPlace, profiles: readonly PortalProfile[]): Result<string> {
  const there = entriesOf(readAwsFileText(text), 'config');
  const taken = profiles.find(({ name, ...role }) => Object.hasOwn(there, name) && !isSameRole(there[name] ?? {}, portalSettings(place, role)));
  if (taken !== undefined) return failed(appError('portal-profile-taken', { profile: taken.name }));
  const missing = profiles.filter(({ name }) => !Object.hasOwn(there, name));
  if (missing.length === 0) return succeeded(text);
  const lines = linesOf(text);
  const end = lineEndOf(text);
  const added = portalProfileLines(place, missing).map((line) => line + end);
  const last = `# sts-tray portal end ${place.name}`;
  const endAt = lines.findLastIndex((line) => line.trim() === last);
  if (endAt >= 0) return succeeded([...lines.slice(0, endAt), end, ...added, ...lines.slice(endAt)].join(''));
  const first = `# sts-tray portal begin ${place.name} (profiles that STS Tray added when you chose them; they are yours to change)`;
  return succeeded([text, end.repeat(breaksBehind(lines)), first, end, ...added, last, end].join(''));
}

/** Whether a profile's lines mean the same role. A written profile may have got further settings since. */
function isSameRole(values: ConfigEntry['values'], wanted: ConfigEntry['values']): boolean {
  return Object.entries(wanted).every(([name, value]) => values[name] === value);
}
