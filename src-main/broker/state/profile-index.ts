import type { AppError, Result } from '../../contract/app-error.ts';
import type { Profile } from '../../contract/ui-state.ts';
import type { AwsFiles } from '../../aws/files/environment.ts';
import type { AwsConfig } from '../../aws/files/profiles.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { ServedName } from '../../core/profiles/private-configuration.ts';
import type { UiStateStore } from './ui-state-store.ts';

type Parts = {
  readonly store: Pick<UiStateStore, 'profile' | 'content'>;
  readonly files: Pick<AwsFiles, 'config'>;
  /** Says why a name that looks like that of a role in an access portal is none. */
  readonly portalRoles: {
    readonly whyNot: (name: string) => AppError | null;
    /** The same of a profile that has such a name, and leads elsewhere. */
    readonly contradiction: (name: string, profile: Profile) => AppError | null;
  };
};

/** Finds profiles by the names that people and programs use for them. */
export class ProfileIndex {
  readonly #parts: Parts;
  #config: Pick<AwsConfig, 'unusable' | 'aliases'> = { unusable: new Map(), aliases: new Map() };
  /** The names, and what they were made from: runs ask for them, and there may be thousands. */
  #served: { readonly profiles: readonly Profile[]; readonly aliases: AwsConfig['aliases']; readonly names: readonly ServedName[] } | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Takes over what the AWS files say. */
  configLoaded(config: Pick<AwsConfig, 'unusable' | 'aliases'>): void {
    this.#config = config;
  }

  /** A profile by its name, or by that of the entry that *Install* added for it; else why it cannot be used. */
  find(name: string): Result<Profile> {
    const { store, files, portalRoles } = this.#parts;
    const known = store.profile(name) ?? store.profile(this.#config.aliases.get(name) ?? '');
    const contradiction = known === undefined ? null : portalRoles.contradiction(name, known);
    if (contradiction !== null) return failed(contradiction);
    if (known !== undefined) return succeeded(known);
    const why = this.#config.unusable.get(name) ?? portalRoles.whyNot(name);
    return failed(why ?? appError('profile-unknown', { profile: name, file: files.config }));
  }

  /** Every name by which `find` finds a profile: the same list as long as none of them changes. */
  servedNames(): readonly ServedName[] {
    const { profiles } = this.#parts.store.content;
    const { aliases } = this.#config;
    if (this.#served?.profiles !== profiles || this.#served.aliases !== aliases) this.#served = { profiles, aliases, names: namesOf(profiles, aliases) };
    return this.#served.names;
  }

  /**
   * Whether a profile's session takes a code: a user profile's, and a role's whose source has both an
   * access key and a role of its own. The AWS CLI takes the key of such a source, and so does this app:
   * there is no session of that name which is not the role's.
   */
  takesCode({ role, foreign }: Profile): boolean {
    if (role === null) return foreign === null;
    if (role.sourceProfile !== role.userProfile) return false;
    const source = this.find(role.userProfile);
    return !source.ok || source.value.role !== null;
  }

  /** The user profile whose access key a profile's sessions are made with, or the one with a foreign source; the profile itself where there is none. */
  userProfileOf(profile: Profile): Profile {
    const user = this.find(profile.role?.userProfile ?? profile.name);
    return user.ok ? user.value : profile;
  }
}

function namesOf(profiles: readonly Profile[], aliases: AwsConfig['aliases']): readonly ServedName[] {
  const own = profiles.map(({ name }) => name);
  const taken = new Set(own);
  const further = [...aliases].filter(([name, profile]) => !taken.has(name) && taken.has(profile));
  return [...own.map((name) => ({ name, profile: name })), ...further.map(([name, profile]) => ({ name, profile }))];
}
