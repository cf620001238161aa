import type { Callers } from '../local-api/callers.ts';
import type { ApiHandlers } from '../local-api/server.ts';
import type { Activities } from './activities.ts';

type Parts = { readonly activities: Pick<Activities, 'read'>; readonly callers: Callers };

/** What the command line asks of the activity of a session. */
export function activityApiHandlers({ activities, callers }: Parts) {
  return {
    activity: (request, context) => activities.read(request.profile, request, callers.requester(request, context)),
  } satisfies Partial<ApiHandlers>;
}
