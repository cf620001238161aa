import type { AppError, ErrorCode, Result } from '../../contract/app-error.ts';
import { type ConfigEntry, foreignCredentials, isForeignRole, keyOf, type RoleSettings, roleSettings } from './config-entry.ts';
import { type ForeignSource, foreignSource } from './foreign-source.ts';
import { isPortalProfile, type SsoSessions } from './portal-profile.ts';
import { commandLoops } from './foreign-loops.ts';
import { installedProfile } from '../aws-files/credential-process-line.ts';
import { appError, failed, succeeded } from '../errors.ts';

/** What AssumeRole is asked for, and with whose credentials. */
export type AssumedRole = RoleSettings & {
  readonly profile: string;
  /** The next profile of the chain: the role's own `source_profile`, or what an installed entry stands for. */
  readonly source: string;
  /**
   * The names from this profile to the user profile, or to the one with a foreign source, at the end. All but the last
   * are roles, to be assumed in reverse order. A profile that is its own source appears twice.
   */
  readonly chain: readonly string[];
};

/** The profiles of the files by their kind. Every entry is a user or role profile, one with a foreign source, an alias, or unusable. */
export type ProfileKinds = {
  /** Where the access key is, for every profile that has one, role profiles included. */
  readonly accessKeys: ReadonlyMap<string, 'files' | 'keychain'>;
  readonly roles: ReadonlyMap<string, AssumedRole>;
  /** Profiles whose credentials come from elsewhere, temporary ones. */
  readonly foreign: ReadonlyMap<string, ForeignSource>;
  readonly unusable: ReadonlyMap<string, AppError>;
  /** Entries that this app installed, and the profile that each stands for. */
  readonly aliases: ReadonlyMap<string, string>;
  /** The other way round: the first entry that was installed for a profile, by the profile. */
  readonly installed: ReadonlyMap<string, string>;
  /** The `unusable` ones that are a mistake in the files, each mistake once. */
  readonly brokenRoles: readonly AppError[];
};

/** Every other code in `unusable` stands for a way in which other tools sign in, which is no mistake. */
const mistakes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'role-source-none',
  'role-source-missing',
  'role-source-loop',
  'role-source-no-key',
  'role-arn-invalid',
  'role-duration-invalid',
  'role-tags-invalid',
  'role-name-invalid',
  'role-two-sources',
  'role-key-and-source',
  'foreign-loop',
  'sso-and-key',
  'sso-and-process',
  'login-and-process',
  'sso-session-missing',
  'sso-session-contradicts',
  'sso-session-incomplete',
  'sso-account-invalid',
  'portal-address-invalid',
]);

const noEntry: ConfigEntry = { name: '', values: {} };

/**
 * Follows every role profile to the user profile at its end, by the rules of botocore's
 * AssumeRoleProvider: a `role_arn` makes an entry a role profile even when it has a key, but as a
 * source the key wins over the role, so a profile with both may be its own source.
 */
export function tellProfilesApart(
  entries: readonly ConfigEntry[],
  keychainProfiles: ReadonlySet<string>,
  sessions: SsoSessions = () => undefined,
): ProfileKinds {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const accessKeys = placesOfKeys(entries, keychainProfiles);
  const installs = entries.filter(({ values }) => values['credential_process']).flatMap(installOf);
  // A profile whose key is in the keychain may be installed under its own name.
  const aliases = new Map(installs.filter(([name, profile]) => !accessKeys.has(name) && name !== profile));
  const loops = commandLoops(byName, aliases);
  const sources = foreignSources(entries, sessions, { accessKeys, aliases, loops });
  const { chains, brokenRoles } = followSources({ byName, accessKeys, aliases, sources });

  const roles = new Map<string, AssumedRole>();
  const foreign = new Map<string, ForeignSource>();
  const unusable = new Map<string, AppError>();
  for (const { name } of entries) {
    const chain = chains.get(name);
    const source = sources.get(name);
    if (chain?.ok) roles.set(name, chain.value);
    else if (chain) unusable.set(name, chain.error);
    else if (source?.ok) foreign.set(name, source.value);
    else if (source) unusable.set(name, source.error);
    else if (accessKeys.has(name) && isForeignRole(byName.get(name) ?? noEntry)) unusable.set(name, appError('role-key-and-source', { profile: name }));
    else if (accessKeys.has(name) && isPortalProfile(byName.get(name) ?? noEntry)) unusable.set(name, appError('sso-and-key', { profile: name }));
    else if (!accessKeys.has(name) && loops.has(name)) unusable.set(name, loopOfCommands(name, loops));
  }
  const installed = new Map(installs.map(([name, profile]) => [profile, name] as const).toReversed());
  return { accessKeys, roles, foreign, unusable, aliases, installed, brokenRoles: eachOnce([...brokenSources(sources), ...brokenRoles]) };
}

/** Of every entry that has no access key and is no alias, and is a foreign source by itself. A command that leads back to its own profile is none. */
function foreignSources(
  entries: readonly ConfigEntry[],
  sessions: SsoSessions,
  { accessKeys, aliases, loops }: Pick<Links, 'accessKeys' | 'aliases'> & { readonly loops: ReadonlyMap<string, string> },
): ReadonlyMap<string, Result<ForeignSource>> {
  const alone = entries.filter((entry) => !isRoleAlone(entry) && !accessKeys.has(entry.name) && !aliases.has(entry.name));
  return new Map(
    alone.map((entry) => {
      const source = foreignSource(entry, sessions);
      const isLoop = source.ok && source.value.kind === 'command' && loops.has(entry.name);
      return [entry.name, isLoop ? failed(loopOfCommands(entry.name, loops)) : source];
    }),
  );
}

function loopOfCommands(profile: string, loops: ReadonlyMap<string, string>): AppError {
  return appError('foreign-loop', { profile, chain: loops.get(profile) ?? profile });
}

function eachOnce(errors: readonly AppError[]): readonly AppError[] {
  return [...new Map(errors.map((error) => [JSON.stringify(error), error])).values()];
}

function brokenSources(sources: ReadonlyMap<string, Result<ForeignSource>>): readonly AppError[] {
  return [...sources.values()].flatMap((source) => (!source.ok && mistakes.has(source.error.code) ? [source.error] : []));
}

/** A key in the files wins: moving it into the keychain removes it there, so it is the newer one. */
function placesOfKeys(entries: readonly ConfigEntry[], keychainProfiles: ReadonlySet<string>): ProfileKinds['accessKeys'] {
  const places = new Map<string, 'files' | 'keychain'>();
  for (const entry of entries) {
    if (keyOf(entry) === 'long-term') places.set(entry.name, 'files');
    else if (keychainProfiles.has(entry.name)) places.set(entry.name, 'keychain');
  }
  return places;
}

/** In the SDKs, roles and keys in the files win over a `credential_process`. */
function installOf(entry: ConfigEntry): readonly [string, string][] {
  const profile =
    entry.values['role_arn'] || keyOf(entry) !== 'none' || isPortalProfile(entry) ? null : installedProfile(entry.values['credential_process'] ?? '');
  return profile === null ? [] : [[entry.name, profile]];
}

/** Whether a role is assumed with another profile. */
function isRole(entry: ConfigEntry): boolean {
  return Boolean(entry.values['role_arn']) && !isForeignRole(entry);
}

/** Whether an entry says nothing but which role is assumed with which profile, as nearly all of thousands do: it has no source by itself. */
function isRoleAlone(entry: ConfigEntry): boolean {
  if (!isRole(entry) || !entry.values['source_profile'] || keyOf(entry) !== 'none') return false;
  return !Object.keys(entry.values).some((name) => name === 'credential_process' || name === 'login_session' || name.startsWith('sso_'));
}

type Links = {
  readonly byName: ReadonlyMap<string, ConfigEntry>;
  readonly accessKeys: ReadonlyMap<string, unknown>;
  readonly aliases: ReadonlyMap<string, string>;
  readonly sources: ReadonlyMap<string, Result<ForeignSource>>;
};

/** Follows each chain once: it stops at a role whose chain is already known. */
function followSources(links: Links): { readonly chains: ReadonlyMap<string, Result<AssumedRole>>; readonly brokenRoles: readonly AppError[] } {
  const chains = new Map<string, Result<AssumedRole>>();
  const brokenRoles: AppError[] = [];
  for (const start of [...links.byName.values()].filter(isRole)) {
    const way = new Map<string, RoleSettings>();
    let end = nextLink(start, way, links, chains);
    while (end.kind === 'role') end = nextLink(end.entry, way, links, chains);
    if (end.kind === 'broken' && mistakes.has(end.error.code)) brokenRoles.push(end.error);
    if (end.kind === 'loop') brokenRoles.push(loopError(end.names, 0));
    settle(way, end, chains);
  }
  return { chains, brokenRoles };
}

type Link =
  | { readonly kind: 'role'; readonly entry: ConfigEntry }
  /** A user profile, or a role whose chain is known. */
  | { readonly kind: 'known'; readonly chain: Result<readonly string[]> }
  /** `profile` is the role that is at fault. */
  | { readonly kind: 'broken'; readonly profile: string; readonly error: AppError }
  | { readonly kind: 'loop'; readonly names: readonly string[] };

/** Adds one more role to the way, and looks at its source. */
function nextLink(entry: ConfigEntry, way: Map<string, RoleSettings>, links: Links, chains: ReadonlyMap<string, Result<AssumedRole>>): Link {
  const profile = entry.name;
  const known = chains.get(profile);
  if (known) return { kind: 'known', chain: known.ok ? succeeded(known.value.chain) : known };
  if (way.has(profile)) {
    const names = [...way.keys()];
    return { kind: 'loop', names: names.slice(names.indexOf(profile)) };
  }
  const settings = roleSettings(entry);
  if (!settings.ok) return { kind: 'broken', profile, error: settings.error };
  const source = links.aliases.get(settings.value.source) ?? settings.value.source;
  way.set(profile, source === settings.value.source ? settings.value : { ...settings.value, source });
  const sourceEntry = links.byName.get(source);
  // The SDKs take a role of its own, not the key beside it.
  if (sourceEntry && isForeignRole(sourceEntry) && links.accessKeys.has(source)) {
    return { kind: 'broken', profile, error: appError('role-key-and-source', { profile: source }) };
  }
  if (sourceEntry && isPortalProfile(sourceEntry) && links.accessKeys.has(source)) {
    return { kind: 'broken', profile, error: appError('sso-and-key', { profile: source }) };
  }
  if (links.accessKeys.has(source)) return { kind: 'known', chain: succeeded([source]) };
  if (!sourceEntry) return { kind: 'broken', profile, error: appError('role-source-missing', { profile, source }) };
  if (keyOf(sourceEntry) === 'none' && isRole(sourceEntry)) return { kind: 'role', entry: sourceEntry };
  const foreign = links.sources.get(source);
  // By its name such a source is its own role, and what its key gives has no name.
  if (foreign?.ok && !isRole(sourceEntry)) return { kind: 'known', chain: succeeded([source]) };
  return { kind: 'broken', profile, error: endError(profile, sourceEntry, foreign) };
}

/** The error names the source when that signs in some other way, because the sentence is then about the source. */
function endError(profile: string, source: ConfigEntry, foreign: Result<ForeignSource> | undefined): AppError {
  if (keyOf(source) === 'temporary') return appError('role-source-temporary', { profile, source: source.name });
  const error = foreign !== undefined && !foreign.ok ? foreign.error : foreignCredentials(source);
  const lacksKey = ['profile-no-credentials', 'config-key-without-secret', 'config-secret-without-key'].includes(error.code);
  return lacksKey ? appError('role-source-no-key', { profile, source: source.name }) : error;
}

/** Records the outcome for every role on the way, from its end to its start. */
function settle(way: ReadonlyMap<string, RoleSettings>, end: Exclude<Link, { kind: 'role' }>, chains: Map<string, Result<AssumedRole>>): void {
  if (end.kind === 'broken') chains.set(end.profile, failed(end.error));
  if (end.kind === 'loop') for (const [index, name] of end.names.entries()) chains.set(name, failed(loopError(end.names, index)));

  let next: Result<readonly string[]> = end.kind === 'known' ? end.chain : failed(end.kind === 'broken' ? end.error : loopError(end.names, 0));
  for (const [profile, settings] of [...way].toReversed()) {
    if (chains.has(profile)) continue;
    if (!next.ok) {
      const { code, params } = next.error;
      chains.set(profile, failed(code === 'role-source-no-key' ? appError(code, { ...params, profile }) : next.error));
      continue;
    }
    const chain = [profile, ...next.value];
    chains.set(profile, succeeded({ ...settings, profile, chain }));
    next = succeeded(chain);
  }
}

/** How many names of a loop are shown. */
const namesShown = 6;

/** The loop as it looks from its profile at `index`: `a → b → a`. */
function loopError(names: readonly string[], index: number): AppError {
  const shown = Array.from({ length: Math.min(names.length, namesShown) }, (_, step) => names[(index + step) % names.length] ?? '');
  const profile = shown[0] ?? '';
  const chain = [...shown, ...(names.length > namesShown ? ['…'] : []), profile].join(' → ');
  return appError('role-source-loop', { profile, chain });
}
