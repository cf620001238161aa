import type { Result } from '../../contract/app-error.ts';
import type { Profile } from '../../contract/ui-state.ts';
import type { SignInStatus } from '../../contract/local-api.ts';
import type { SignIn } from '../../contract/sign-in.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { isoSeconds } from '../../core/hand-offs/exports.ts';
import type { ApiHandlers } from '../local-api/server.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { SignIns } from './sign-ins.ts';

type Parts = {
  readonly store: Pick<UiStateStore, 'content'>;
  readonly sessions: { readonly find: (name: string) => Result<Profile> };
  readonly signIns: SignIns;
};

/** What the command line asks of sign-ins with the browser. */
export function signInApiHandlers({ store, sessions, signIns }: Parts) {
  return {
    'sign-ins': async () => succeeded({ signIns: store.content.signIns.map(statusOf) }),
    'sign-in-page': async ({ profile: name }) => {
      const found = sessions.find(name);
      if (!found.ok) return found;
      const place = signIns.placeOf(found.value);
      if (place === null) return failed(appError('sign-in-not-its-way', { profile: name }));
      const page = await signIns.openElsewhere(place, name);
      return page.ok ? succeeded({ page: page.value === null ? null : { ...page.value, name: place.name } }) : page;
    },
    'sign-in-code': async ({ promptId, code }) => {
      signIns.submitCode(promptId, code);
      return succeeded({});
    },
    'sign-out': async ({ name }) => {
      const meant = signIns.meant(name);
      if (!meant.ok) return meant;
      const told = await signIns.signOut(meant.value.signInId);
      return told.ok ? succeeded({ name: meant.value.name }) : told;
    },
  } satisfies Partial<ApiHandlers>;
}

function statusOf({ name, way, startUrl, region, profiles, state }: SignIn): SignInStatus {
  const active = state.kind === 'active' ? state : null;
  const ends = active === null || active.endsAt === null ? null : isoSeconds(active.endsAt);
  return { name, way, startUrl, region, profiles, state: state.kind, who: active?.identity?.name ?? null, ends };
}
