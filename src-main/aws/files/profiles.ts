import type { AppError, Result } from '../../contract/app-error.ts';
import type { ConfiguredProfile, ProfileRole } from '../../contract/ui-state.ts';
import { type ConfigEntry, foreignCredentials, keyOf, roleOf } from '../../core/profiles/config-entry.ts';
import type { AccessKey } from '../../core/credentials.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { isInPlace, withoutInPlace, type InPlaceSettings } from '../../core/profiles/in-place.ts';
import type { KnownSources, SessionSource } from '../../core/profiles/session-source.ts';
import { type ProfileSettings, profileSettings as settingsOf } from '../../core/profiles/profile-settings.ts';
import { originOf, type ForeignSource } from '../../core/profiles/foreign-source.ts';
import { type AssumedRole, type ProfileKinds, tellProfilesApart } from '../../core/profiles/role-chains.ts';
import { awsFileFaults } from '../../core/aws-files/aws-file-faults.ts';
import { entriesOf, profileNames, sectionMeanings } from '../../core/aws-files/aws-file-sections.ts';
import { type AwsFileReading, readAwsFileText } from '../../core/aws-files/aws-file-text.ts';
import { placeOf } from '../../core/profiles/portal-profile.ts';
import type { SignInPlace } from '../../core/sign-in/sign-in-places.ts';
import { sayingProfile, withIncluded } from '../../core/profiles/included-profiles.ts';
import { systemErrorReason } from '../../core/system-error.ts';
import type { AwsFiles } from './environment.ts';
import { entryOf, fileSaying, parsedFiles, type ParsedFiles as Parsed } from './parsed-files.ts';
import { readAwsFile } from './read-aws-file.ts';

/** The profile that says it, which may be one that is included, and the file that it stands in. */
export type MfaProcess = { readonly line: string; readonly profile: string; readonly file: string };

export type AwsConfig = {
  /** User profiles, those with a foreign source, and role profiles whose chain ends in one; in the order of the files, credentials file first. */
  readonly profiles: readonly ConfiguredProfile[];
  /** What is wrong in the files, including role profiles that lead nowhere. */
  readonly problems: readonly AppError[];
  /** Why an existing entry cannot be used, by the entry's name. It is the answer when that name is asked for. */
  readonly unusable: ReadonlyMap<string, AppError>;
  /** What AssumeRole is asked for, by the name of the role profile. */
  readonly roles: ReadonlyMap<string, AssumedRole>;
  /** Where profiles without an access key and without another profile as source get their credentials, by the name of the profile. */
  readonly foreign: ReadonlyMap<string, ForeignSource>;
  /**
   * Every profile with an access key, as a user profile: what is known about the end of a role chain,
   * even when the same entry is also a role profile.
   */
  readonly userProfiles: ReadonlyMap<string, ConfiguredProfile>;
  /** The profile that an installed entry stands for, by the name of that entry. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Where people sign in with the browser: the `sso-session` sections, also those that no profile uses, then what profiles say by themselves. */
  readonly places: readonly SignInPlace[];
  /** The command of `mfa_process`, by the profile that has it or includes it. */
  readonly mfaProcesses: ReadonlyMap<string, MfaProcess>;
  /** What the sessions of each profile are made from. */
  readonly sources: KnownSources;
  /** All that the files have, in the order of `profiles`, without the secrets. */
  readonly entries: readonly ConfigEntry[];
};

/**
 * Reads both AWS files. If a part is wrong, it becomes a problem, and the
 * rest is loaded all the same. `keychainProfiles` are the user profiles whose access key is in the
 * keychain; they need not be in the files. `inPlace` are the settings of profiles that are installed in place. `further`
 * are profiles that no file has; one of a file counts more.
 */
export async function loadAwsConfig(
  files: AwsFiles,
  keychainProfiles: ReadonlySet<string> = new Set(),
  inPlace: ReadonlyMap<string, InPlaceSettings> = new Map(),
  further: readonly ConfigEntry[] = [],
): Promise<AwsConfig> {
  const [credentials, config] = await Promise.all([inspect('credentials', files.credentials), inspect('config', files.config)]);
  const parsed = { configFile: entriesOf(config.reading, 'config'), credentialsFile: entriesOf(credentials.reading, 'credentials') };
  const names = new Set([...credentials.names, ...config.names, ...keychainProfiles]);
  const written = [...[...names].map((name) => entryOf(parsed, name)), ...further.filter(({ name }) => !names.has(name))];
  const { entries, broken } = withIncluded(written.map((entry) => withoutInPlace(entry, inPlace.get(entry.name))));
  const served = new Set(written.filter(({ name, values }) => isInPlace(name, values)).map(({ name }) => name));
  const kinds = withoutBroken(
    tellProfilesApart(entries, keychainProfiles, (name) => parsed.configFile[`sso-session.${name}`]),
    new Map([...broken].map(([name, error]) => [name, inFile(files.config)(error)])),
  );
  const { userProfiles, profiles } = configuredProfiles(entries, kinds, served);
  const halfKeys = entries.filter((entry) => keyOf(entry) === 'half').map(foreignCredentials);
  const found = [...credentials.problems, ...config.problems, ...halfKeys, ...kinds.brokenRoles.map(inFile(files.config))];
  const mfaProcesses = mfaProcessesOf(entries, written, parsed, files);
  const nothing = profiles.length === 0 && found.length === 0;
  const problems = nothing ? [nothingFound(files, credentials.content, config.content)] : found;
  const withKey = written.filter(({ values }) => values['aws_access_key_id'] !== undefined);
  const keyIds = new Map(withKey.map(({ name, values }) => [name, values['aws_access_key_id'] ?? '']));
  const sources = knownSources(profiles, kinds, keyIds);
  const { unusable, roles, foreign, aliases } = kinds;
  const places = placesOf(config.reading, parsed, foreign);
  return { profiles, problems, unusable, roles, foreign, places, userProfiles, aliases, mfaProcesses, sources, entries };
}

function placesOf(reading: AwsFileReading, { configFile }: Parsed, foreign: ProfileKinds['foreign']): readonly SignInPlace[] {
  const sessions = sectionMeanings(reading, 'config').flatMap((meaning) => {
    return meaning.kind === 'sso-session' ? [placeOf(meaning.name, configFile[`sso-session.${meaning.name}`] ?? {}) ?? []].flat() : [];
  });
  const used = [...foreign.values()].flatMap((source) => ('place' in source ? [source.place] : []));
  // The first name of a place counts, where it has several.
  return [...new Map([...sessions, ...used].toReversed().map((place) => [place.signInId, place])).values()].toReversed();
}

/** Made when somebody asks: few of thousands of profiles have a session. `keyIds` are the access key IDs in the files, by the profile. */
function knownSources(
  profiles: readonly ConfiguredProfile[],
  kinds: Pick<ProfileKinds, 'roles' | 'foreign'>,
  keyIds: ReadonlyMap<string, string>,
): KnownSources {
  let names: ReadonlySet<string> | null = null;
  const has = (name: string): boolean => (names ??= new Set(profiles.map((profile) => profile.name))).has(name);
  return { has, get: (name) => (has(name) ? sourceOf(name, kinds, keyIds) : undefined) };
}

function sourceOf(name: string, { roles, foreign }: Pick<ProfileKinds, 'roles' | 'foreign'>, keyIds: ReadonlyMap<string, string>): SessionSource {
  const chain = roles.get(name)?.chain ?? [name];
  const assumed = chain.slice(0, -1).map((link) => {
    const { roleArn, externalId, roleSessionName, sourceIdentity, sessionTags, transitiveTagKeys } = roles.get(link) ?? {};
    // One that is not there leaves the text as it was before there was one: sessions that are kept are compared by it.
    return { roleArn, externalId, roleSessionName, sourceIdentity: sourceIdentity ?? undefined, sessionTags, transitiveTagKeys };
  });
  const end = chain.at(-1) ?? name;
  const accessKeyId = keyIds.get(end) ?? null;
  const source = foreign.get(end);
  const way = source === undefined ? assumed : [...assumed, source];
  return { accessKeyId, roles: way.length === 0 ? null : JSON.stringify(way) };
}

/** `written` are the entries before they took over what they include. */
function mfaProcessesOf(entries: readonly ConfigEntry[], written: readonly ConfigEntry[], parsed: Parsed, files: AwsFiles): AwsConfig['mfaProcesses'] {
  const saying = entries.filter(({ values }) => values['mfa_process']);
  if (saying.length === 0) return new Map();
  const byName = new Map(written.map((entry) => [entry.name, entry]));
  return new Map(
    saying.map((entry) => {
      const profile = sayingProfile(entry, 'mfa_process', byName);
      return [entry.name, { line: entry.values['mfa_process'] ?? '', profile, file: fileSaying('mfa_process', profile, parsed, files) }];
    }),
  );
}

/** A profile that cannot be put together is not used without what it includes, which may be a role: neither by itself nor as a source. */
function withoutBroken(kinds: ProfileKinds, broken: ReadonlyMap<string, AppError>): ProfileKinds {
  // No role and no foreign source is among the unusable ones then.
  if (broken.size === 0) return { ...kinds, aliases: usableOf(kinds.aliases, kinds.unusable) };
  const errorOf = (chain: readonly string[]): AppError | undefined => broken.get(chain.find((name) => broken.has(name)) ?? '');
  const lost = [...kinds.roles].flatMap(([name, { chain }]) => [errorOf(chain)].flatMap((error) => (error === undefined ? [] : [[name, error] as const])));
  const unusable = new Map([...kinds.unusable, ...lost, ...broken]);
  const [roles, aliases, foreign] = [usableOf(kinds.roles, unusable), usableOf(kinds.aliases, unusable), usableOf(kinds.foreign, unusable)];
  return { ...kinds, roles, aliases, foreign, unusable, brokenRoles: [...kinds.brokenRoles, ...broken.values()] };
}

function usableOf<Value>(found: ReadonlyMap<string, Value>, unusable: ReadonlyMap<string, AppError>): ReadonlyMap<string, Value> {
  return new Map([...found].filter(([name]) => !unusable.has(name)));
}

/** The access key of a profile as the files have it now. */
export async function readAccessKey(files: AwsFiles, profile: string): Promise<Result<AccessKey>> {
  const entry = entryOf(await parsedFiles(files, profile), profile);
  const { values } = entry;
  // One that ends with its session token is none without it.
  if (keyOf(entry) === 'temporary') return failed(appError('access-key-gone', { profile }));
  const accessKeyId = values['aws_access_key_id'];
  const secretAccessKey = values['aws_secret_access_key'];
  if (!accessKeyId || !secretAccessKey) return failed(appError('access-key-gone', { profile }));
  return succeeded({ accessKeyId, secretAccessKey });
}

/** The names of all entries of both files, even of those that this app cannot use. */
export async function entryNames(files: AwsFiles): Promise<ReadonlySet<string>> {
  const { configFile, credentialsFile } = await parsedFiles(files, null);
  return new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
}

/**
 * The settings that both files have for each profile, such as its region, which may be that of one it includes, without
 * its credentials and their sources. They go into the private config file of a terminal. Empty for an unknown profile.
 */
export async function profileSettings(files: AwsFiles): Promise<(profile: string) => ProfileSettings> {
  const parsed = await parsedFiles(files, null);
  const names = new Set([...Object.keys(parsed.credentialsFile), ...Object.keys(parsed.configFile)]);
  const { entries } = withIncluded([...names].map((name) => entryOf(parsed, name)));
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  return (profile) => settingsOf(byName.get(profile) ?? { name: profile, values: {} }, (name) => parsed.configFile[name]);
}

/** `inPlace` are the names of those that are installed in place. */
function configuredProfiles(entries: readonly ConfigEntry[], kinds: ProfileKinds, inPlace: ReadonlySet<string>): Pick<AwsConfig, 'profiles' | 'userProfiles'> {
  const profiles: ConfiguredProfile[] = [];
  const userProfiles = new Map<string, ConfiguredProfile>();
  for (const { name, values } of entries) {
    const installedAs = kinds.installed.get(name) ?? (inPlace.has(name) ? name : null);
    const [region, mfaSerial] = [values['region'] ?? null, values['mfa_serial'] ?? null];
    const accessKey = kinds.accessKeys.get(name);
    const role = profileRole(kinds.roles.get(name), kinds.foreign);
    const source = kinds.foreign.get(name);
    const user = accessKey === undefined ? null : { name, region, mfaSerial, installedAs, accessKey, foreign: null, role: null };
    if (user !== null) userProfiles.set(name, user);
    if (role !== null) profiles.push({ name, region, mfaSerial, installedAs, accessKey: null, foreign: null, role });
    else if (user !== null && !kinds.unusable.has(name)) profiles.push(user);
    else if (source !== undefined) profiles.push({ name, region, mfaSerial, installedAs, accessKey: null, foreign: originOf(source), role: null });
  }
  return { profiles, userProfiles };
}

function profileRole(assumed: AssumedRole | undefined, foreign: ProfileKinds['foreign']): ProfileRole | null {
  const role = assumed ? roleOf(assumed.roleArn) : null;
  const userProfile = assumed?.chain.at(-1);
  if (!assumed || role === null || userProfile === undefined) return null;
  const { roleArn, source: sourceProfile, durationSeconds } = assumed;
  const { accountId, roleName } = role;
  const withKey = { roleArn, accountId, roleName, sourceProfile, userProfile, durationSeconds };
  return foreign.has(userProfile) ? { ...withKey, withoutKey: true } : withKey;
}

function inFile(file: string): (error: AppError) => AppError {
  return ({ code, params }) => appError(code, { ...params, file });
}

type Content = 'missing' | 'empty' | 'filled' | 'unreadable';

/** `names` are those of the profiles, in order; `reading` has no secrets. */
type Inspection = { readonly content: Content; readonly problems: readonly AppError[]; readonly names: readonly string[]; readonly reading: AwsFileReading };

async function inspect(kind: 'config' | 'credentials', file: string): Promise<Inspection> {
  const nothing = { problems: [], names: [], reading: readAwsFileText('') };
  try {
    const { text, isUtf8, hasSecret, isOpenToOthers } = await readAwsFile(kind, file, null);
    const reading = readAwsFileText(text);
    const content = text.trim() === '' ? 'empty' : 'filled';
    const open = hasSecret && isOpenToOthers ? [appError('config-open-to-others', { file })] : [];
    const bytes = isUtf8 ? [] : [appError('config-not-utf8', { file })];
    return { content, problems: [...open, ...bytes, ...awsFileFaults(reading, kind, file)], names: profileNames(reading, kind), reading };
  } catch (error) {
    const reason = systemErrorReason(error);
    if (reason === 'ENOENT' || reason === 'ENOTDIR') return { ...nothing, content: 'missing' };
    const isNoFile = reason === 'EINVAL' || reason === 'EFBIG';
    return { ...nothing, content: 'unreadable', problems: [appError(isNoFile ? 'config-no-file' : 'config-unreadable', { file, reason })] };
  }
}

function nothingFound(files: AwsFiles, credentials: Content, config: Content): AppError {
  if (credentials === 'missing' && config === 'missing') return appError('config-none', { file: files.credentials });
  if (credentials === 'empty') return appError('config-empty', { file: files.credentials });
  return appError('config-no-access-key', { file: credentials === 'missing' ? files.config : files.credentials });
}
