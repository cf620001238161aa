import type { ForeignSource } from '../../core/profiles/foreign-source.ts';
import type { AwsLoginPlace, SignInPlace } from '../../core/sign-in/sign-in-places.ts';

/** A place, and the profiles that get their credentials from it. */
export type UsedPlace = { readonly place: SignInPlace; readonly profiles: readonly string[] };

/** The places that the AWS files name, and who depends on them. */
export class UsedPlaces {
  #places: ReadonlyMap<string, UsedPlace> = new Map();
  #byProfile: ReadonlyMap<string, SignInPlace> = new Map();
  /** Those that get an entry once somebody has signed in there. */
  readonly #proposed = new Map<string, AwsLoginPlace>();

  configLoaded(places: readonly SignInPlace[], foreign: ReadonlyMap<string, ForeignSource>): void {
    const used = new Map<string, UsedPlace>(places.map((place) => [place.signInId, { place, profiles: [] }]));
    const byProfile = new Map([...foreign].flatMap(([profile, source]) => ('place' in source ? [[profile, source.place] as const] : [])));
    for (const [profile, place] of byProfile) {
      const { profiles } = used.get(place.signInId) ?? { profiles: [] };
      used.set(place.signInId, { place: used.get(place.signInId)?.place ?? place, profiles: [...profiles, profile] });
    }
    [this.#places, this.#byProfile] = [used, byProfile];
  }

  propose(place: AwsLoginPlace): void {
    this.#proposed.set(place.signInId, place);
  }

  /** It has an entry now, as another place: that of who signed in. */
  withdraw(signInId: string): void {
    this.#proposed.delete(signInId);
  }

  /** A place of which the files say nothing yet. */
  proposed(signInId: string): AwsLoginPlace | null {
    return this.#proposed.get(signInId) ?? null;
  }

  all(): readonly UsedPlace[] {
    return [...this.#places.values()];
  }

  placeOf(signInId: string): SignInPlace | null {
    return this.#places.get(signInId)?.place ?? this.proposed(signInId);
  }

  /** Of a profile with such a source of its own. */
  placeOfProfile(profile: string): SignInPlace | null {
    return this.#byProfile.get(profile) ?? null;
  }

  profilesOf(signInId: string): readonly string[] {
    return this.#places.get(signInId)?.profiles ?? [];
  }
}
