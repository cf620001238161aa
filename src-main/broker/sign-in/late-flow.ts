import { lateOnce } from '../../core/calls/late.ts';
import type { SignInPlace } from '../../core/sign-in/sign-in-places.ts';
import type { SignInFlow } from './sign-in-flow.ts';

/** A way of signing in that is loaded when it is first needed: most users have none, or the other one. */
export function lateFlow<Place extends SignInPlace, Tokens>(load: () => Promise<SignInFlow<Place, Tokens>>): SignInFlow<Place, Tokens> {
  const flow = lateOnce(load);
  return {
    prepare: async (...given) => (await flow()).prepare(...given),
    prepareElsewhere: async (...given) => (await flow()).prepareElsewhere(...given),
    renew: async (...given) => (await flow()).renew(...given),
    // Of a page that it prepared itself, so it is there.
    abandoned: (place) => void flow().then((one) => one.abandoned(place)),
    end: async (...given) => (await flow()).end(...given),
  };
}
