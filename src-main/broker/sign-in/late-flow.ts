import type { SignInPlace } from '../../core/sign-in/sign-in-places.ts';
import type { SignInFlow } from './sign-in-flow.ts';

/** A way of signing in that is loaded when it is first needed: most users have none, or the other one. */
export function lateFlow<Place extends SignInPlace, Tokens>(load: () => Promise<SignInFlow<Place, Tokens>>): SignInFlow<Place, Tokens> {
  let loading: Promise<SignInFlow<Place, Tokens>> | null = null;
  let loaded: SignInFlow<Place, Tokens> | null = null;
  const flow = () => (loading ??= load().then((one) => (loaded = one)));
  return {
    prepare: async (...given) => (await flow()).prepare(...given),
    prepareElsewhere: async (...given) => (await flow()).prepareElsewhere(...given),
    renew: async (...given) => (await flow()).renew(...given),
    // Of a page that it prepared itself.
    abandoned: (place) => loaded?.abandoned(place),
    end: async (...given) => (await flow()).end(...given),
  };
}
