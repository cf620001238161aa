import type { AppError, Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../errors.ts';
import type { ConfigEntry } from './config-entry.ts';

/** The setting of aws-vault by which a profile takes settings from another one. The AWS CLI does not know it. */
const includeSetting = 'include_profile';

/** What aws-vault takes from an included profile (`populateFromConfigFile` of its loader). Keys are not among these. */
const inherited: ReadonlySet<string> = new Set([
  'region',
  'mfa_serial',
  'mfa_process',
  'role_arn',
  'external_id',
  'role_session_name',
  'duration_seconds',
  'source_profile',
  'source_identity',
  'session_tags',
  'transitive_session_tags',
  'web_identity_token_file',
  'credential_process',
  'sso_session',
  'sso_start_url',
  'sso_region',
  'sso_account_id',
  'sso_role_name',
]);

/**
 * The entries with what they include: of a setting that a profile does not have, the value of the profile that its
 * `include_profile` names, of the one that that names, and at last of `default`, as for aws-vault. A profile that includes
 * none stays as the AWS CLI reads it, and takes nothing from `default`.
 *
 * `broken` says of each profile whose settings cannot be put together why not: `profile-include-missing` `{profile, included}`,
 * `profile-include-loop` `{profile, chain}`.
 */
export function withIncluded(entries: readonly ConfigEntry[]): { readonly entries: readonly ConfigEntry[]; readonly broken: ReadonlyMap<string, AppError> } {
  const broken = new Map<string, AppError>();
  if (!entries.some(({ values }) => values[includeSetting])) return { entries, broken };
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const put = entries.map((entry): ConfigEntry => {
    if (!entry.values[includeSetting]) return entry;
    const included = includedBy(entry, byName);
    if (included.ok) return { ...entry, values: { ...taken(included.value), ...entry.values } };
    broken.set(entry.name, included.error);
    return entry;
  });
  return { entries: put, broken };
}

/** The profile that says a setting which `withIncluded` gave to the entry; `byName` are the entries as they were before; its own name where it says it itself. */
export function sayingProfile(entry: ConfigEntry, setting: string, byName: ReadonlyMap<string, ConfigEntry>): string {
  const own = byName.get(entry.name);
  if (own === undefined || own.values[setting]) return entry.name;
  const included = includedBy(own, byName);
  return (included.ok ? included.value.find(({ values }) => values[setting]) : undefined)?.name ?? entry.name;
}

/** Those that an entry takes settings from, the nearest first. */
function includedBy(entry: ConfigEntry, byName: ReadonlyMap<string, ConfigEntry>): Result<readonly ConfigEntry[]> {
  const chain = [entry];
  for (let named = entry.values[includeSetting]; named;) {
    const next = byName.get(named);
    if (next === undefined) return failed(appError('profile-include-missing', { profile: entry.name, included: named }));
    if (chain.includes(next))
      return failed(appError('profile-include-loop', { profile: entry.name, chain: [...chain, next].map(({ name }) => name).join(' → ') }));
    chain.push(next);
    named = next.values[includeSetting];
  }
  const last = byName.get('default');
  return succeeded(last === undefined || chain.includes(last) ? chain.slice(1) : [...chain.slice(1), last]);
}

function taken(included: readonly ConfigEntry[]): ConfigEntry['values'] {
  const settings = included.toReversed().flatMap(({ values }) => Object.entries(values).filter(([name, value]) => inherited.has(name) && value !== ''));
  return Object.fromEntries(settings);
}
