import type { Callers } from '../local-api/callers.ts';
import type { ApiHandlers } from '../local-api/server.ts';
import type { Installations } from './installations.ts';

type Parts = { readonly installations: Installations; readonly callers: Callers };

/** What the command line asks to be changed in the AWS files. */
export function profileApiHandlers({ installations, callers }: Parts) {
  return {
    install: (request, context) =>
      request.inPlace === undefined ? installations.install(request.profile) : installations.installInPlace(request.profile, callers.asking(request, context)),
    uninstall: (request, context) =>
      installations.uninstall('all' in request ? null : request.profile, { confirm: request.confirm === true, asking: callers.asking(request, context) }),
  } satisfies Partial<ApiHandlers>;
}
