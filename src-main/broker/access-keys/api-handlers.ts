import type { Callers } from '../local-api/callers.ts';
import type { ApiHandlers } from '../local-api/server.ts';
import type { AccessKeyCare } from './access-key-care.ts';

type Parts = { readonly keyCare: Pick<AccessKeyCare, 'list' | 'rotate' | 'deleteOld'>; readonly callers: Callers };

/** What the command line asks of a profile's access keys. */
export function accessKeyApiHandlers({ keyCare, callers }: Parts) {
  return {
    'access-keys': (request, context) => keyCare.list(request.profile, callers.asker(request, context)),
    rotate: (request, context) => keyCare.rotate(request.profile, callers.asker(request, context)),
    'delete-old-key': (request, context) => keyCare.deleteOld(request.profile, callers.asker(request, context)),
  } satisfies Partial<ApiHandlers>;
}
