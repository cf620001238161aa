import { failed, succeeded, appError } from '../../core/errors.ts';
import type { ApiHandlers } from '../local-api/server.ts';
import type { SignIns } from '../sign-in/sign-ins.ts';
import type { UsedPlaces } from '../sign-in/used-places.ts';
import type { PortalAccounts } from './portal-accounts.ts';

type Parts = {
  readonly signIns: Pick<SignIns, 'meant'>;
  readonly places: Pick<UsedPlaces, 'placeOf'>;
  readonly portalAccounts: PortalAccounts;
};

/** What the command line asks of access portals. */
export function portalApiHandlers({ signIns, places, portalAccounts }: Parts) {
  return {
    'portal-roles': async ({ name }, { signal }) => {
      const meant = signIns.meant(name, 'identity-center');
      if (!meant.ok) return meant;
      const place = places.placeOf(meant.value.signInId);
      if (place?.way !== 'identity-center') return failed(appError('sign-in-nowhere'));
      const known = portalAccounts.isFresh(place) ? portalAccounts.known(place) : null;
      const asked = known === null ? await portalAccounts.ask(place, () => {}, { byUser: false, signal }) : succeeded(known);
      return asked.ok ? succeeded({ name: place.name, accounts: portalAccounts.known(place)?.accounts ?? asked.value.accounts }) : asked;
    },
  } satisfies Partial<ApiHandlers>;
}
