import type { Callers } from '../local-api/callers.ts';
import type { ApiHandlers } from '../local-api/server.ts';
import type { KeyRotations } from './key-rotations.ts';

type Parts = { readonly keyRotations: Pick<KeyRotations, 'list' | 'rotate' | 'deleteOld'>; readonly callers: Callers };

/** What the command line asks of a profile's access keys. */
export function accessKeyApiHandlers({ keyRotations, callers }: Parts) {
  return {
    'access-keys': (request, context) => keyRotations.list(request.profile, callers.requester(request, context)),
    rotate: (request, context) => keyRotations.rotate(request.profile, callers.requester(request, context)),
    'delete-old-key': (request, context) => keyRotations.deleteOld(request.profile, callers.requester(request, context)),
  } satisfies Partial<ApiHandlers>;
}
