import type { CommandHandlers } from '../../contract/ipc.ts';
import type { Activities } from './activities.ts';

/** What the panel asks of the activity of a session. */
export function activityCommands({ activities }: { readonly activities: Activities }) {
  return {
    showActivity: (request) => activities.show(request),
  } satisfies Partial<CommandHandlers>;
}
