import type { AppError } from '../../contract/app-error.ts';
import { appError } from '../../core/errors.ts';
import type { ConfiguredProfile } from '../../contract/ui-state.ts';
import type { ConfigEntry } from '../../core/profiles/config-entry.ts';
import { namedPortalRole, portalSettings, type NamedPortalRole } from '../../core/profiles/portal-entries.ts';
import { isRecent } from '../../core/recent.ts';
import type { IdentityCenterPlace } from '../../core/sign-in/sign-in-places.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { UsedPlaces } from '../sign-in/used-places.ts';

/** How long a name without a session stays in the list, in milliseconds: longer than anybody waits for a person. */
const idleMs = 900_000;

/** How many names there are at most: a program may ask for any number. */
const namesMax = 200;

type Parts = {
  readonly store: Pick<UiStateStore, 'profile'>;
  readonly places: Pick<UsedPlaces, 'all'>;
  /** Whether the portal is known to give the role; null where its accounts are not known. */
  readonly gives: (place: IdentityCenterPlace, role: NamedPortalRole) => boolean | null;
  readonly now: () => number;
};

/**
 * The roles of access portals that somebody named without a profile for them. Each is a profile, as if the config file
 * had one, until nobody has asked for it for a while and it has no session.
 */
export class PortalRoles {
  readonly #parts: Parts;
  readonly #named = new Map<string, { readonly values: ConfigEntry['values']; readonly askedAt: number }>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Takes a name that somebody asks for. Returns whether there is a profile of that name now that there was not. */
  take(name: string): boolean {
    const { store, now } = this.#parts;
    const role = namedPortalRole(name);
    if (role === null || store.profile(name) !== undefined) return false;
    const found = this.#portalOf(name, role);
    if ('code' in found) return false;
    for (const [other, { askedAt }] of this.#named) {
      const isIdle = !isRecent(askedAt, idleMs, now()) || this.#named.size >= namesMax;
      if (isIdle && store.profile(other)?.session.kind !== 'active') this.#named.delete(other);
    }
    this.#named.set(name, { values: portalSettings(found, role), askedAt: now() });
    return true;
  }

  /** Why a name that looks like that of such a role is none; null for other names. */
  whyNot(name: string): AppError | null {
    const role = namedPortalRole(name);
    if (role === null) return null;
    const found = this.#portalOf(name, role);
    return 'code' in found ? found : null;
  }

  /** Why a profile that has the name of such a role is not used: it does not lead to the account in its name, or nobody knows where it leads. */
  contradiction(name: string, { role, foreign }: ConfiguredProfile): AppError | null {
    const meant = namedPortalRole(name);
    if (meant === null || this.#portals().length === 0) return null;
    const accountId = role?.accountId ?? (foreign?.kind === 'identity-center' ? foreign.accountId : null);
    return accountId === meant.accountId ? null : appError('portal-role-elsewhere', { profile: name, account: meant.accountId });
  }

  /** As if they stood in the config file. */
  entries(): readonly ConfigEntry[] {
    return [...this.#named].map(([name, { values }]) => ({ name, values }));
  }

  #portalOf(name: string, role: NamedPortalRole): IdentityCenterPlace | AppError {
    const portals = this.#portals();
    const meant = role.portal === null ? portals : portals.filter((place) => place.name === role.portal);
    // One whose list is not known yet may give it too.
    const giving = meant.length > 1 ? meant.filter((place) => this.#parts.gives(place, role) !== false) : meant;
    const [only, ...more] = giving;
    if (only !== undefined && more.length === 0) return only;
    const names = portals.map((place) => place.name).join(', ');
    if (meant.length === 0) return appError('portal-role-nowhere', { profile: name, names });
    return appError('portal-role-where', { profile: `${role.accountId}/${role.roleName}`, names });
  }

  #portals(): readonly IdentityCenterPlace[] {
    return this.#parts.places.all().flatMap(({ place }) => (place.way === 'identity-center' ? [place] : []));
  }
}
