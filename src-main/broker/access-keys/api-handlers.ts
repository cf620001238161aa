import type { Callers } from '../local-api/callers.ts';
import type { ApiHandlers } from '../local-api/server.ts';
import type { Confirmations } from '../questions/confirmations.ts';
import type { KeyRotations } from './key-rotations.ts';
import type { KeysToConfirm } from './keys-to-confirm.ts';

type Parts = {
  readonly keyRotations: Pick<KeyRotations, 'list' | 'rotate' | 'deleteOld'>;
  readonly keysToConfirm: KeysToConfirm;
  readonly confirmations: Pick<Confirmations, 'ask'>;
  readonly callers: Callers;
};

/** What the command line asks of a profile's access keys. */
export function accessKeyApiHandlers({ keyRotations, keysToConfirm, confirmations, callers }: Parts) {
  return {
    'access-keys': (request, context) => keyRotations.list(request.profile, callers.requester(request, context)),
    rotate: async (request, context) => {
      const confirmed = await confirmations.ask(() => keysToConfirm.toRotate(request.profile), callers.asking(request, context));
      return confirmed.ok ? keyRotations.rotate(request.profile, callers.requester(request, context)) : confirmed;
    },
    'delete-old-key': async (request, context) => {
      const confirmed = await confirmations.ask(() => keysToConfirm.toDelete(request.profile), callers.asking(request, context));
      return confirmed.ok ? keyRotations.deleteOld(request.profile, callers.requester(request, context)) : confirmed;
    },
  } satisfies Partial<ApiHandlers>;
}
