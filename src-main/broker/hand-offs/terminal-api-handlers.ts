import { appError, failed, succeeded } from '../../core/errors.ts';
import type { Callers } from '../local-api/callers.ts';
import type { ApiHandlers } from '../local-api/server.ts';
import type { ChosenSessions } from '../sessions/chosen-sessions.ts';
import type { HandOffs } from './hand-offs.ts';
import { isFolder } from './is-folder.ts';
import { permitMs, type ProgramPermits } from './program-permits.ts';

type Parts = {
  readonly chosen: Pick<ChosenSessions, 'session'>;
  readonly handOffs: Pick<HandOffs, 'launchTerminal'>;
  readonly permits: Pick<ProgramPermits, 'admit'>;
  readonly callers: Callers;
};

/** What the command line asks of terminals. */
export function terminalApiHandlers({ chosen, handOffs, permits, callers }: Parts) {
  return {
    terminal: async (request, context) => {
      const { directory } = request;
      if (!(await isFolder(directory))) return failed(appError('terminal-folder-missing', { directory }));
      const found = await chosen.session(request, { minLeftMs: 0, requester: callers.requester(request, context) });
      if (!found.ok) return found;
      const permitted = await permits.admit(found.value, { ...callers.wanting({ pid: request.pid }, context), waitMs: permitMs });
      if (!permitted.ok) return permitted;
      const opened = await handOffs.launchTerminal(found.value, { credentials: undefined, directory, only: request.only === true });
      return opened.ok ? succeeded({ terminal: opened.value.label }) : opened;
    },
  } satisfies Partial<ApiHandlers>;
}
