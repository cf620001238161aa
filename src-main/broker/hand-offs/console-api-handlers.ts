import type { Result } from '../../contract/app-error.ts';
import { succeeded } from '../../core/errors.ts';
import type { Callers } from '../local-api/callers.ts';
import type { ApiHandlers } from '../local-api/server.ts';
import type { ActionToConfirm, Confirmations } from '../questions/confirmations.ts';
import type { ChosenSessions } from '../sessions/chosen-sessions.ts';
import type { ConsoleSignIns } from './console-sign-ins.ts';

type Parts = {
  readonly consoles: Pick<ConsoleSignIns, 'role' | 'url' | 'open'>;
  readonly chosen: Pick<ChosenSessions, 'beyondLimit'>;
  readonly confirmations: Pick<Confirmations, 'ask'>;
  readonly callers: Callers;
};

/** What the command line asks of the AWS console. */
export function consoleApiHandlers({ consoles, chosen, confirmations, callers }: Parts) {
  return {
    console: async (request, context) => {
      const beyond = await chosen.beyondLimit(request.callerLimit);
      if (!beyond.ok) return beyond;
      const { profile, service = null, addressOnly = false } = request;
      const confirmed = await confirmations.ask(async () => toOpen(consoles.role(profile), addressOnly), callers.asking(request, context));
      if (!confirmed.ok) return confirmed;
      const requester = callers.requester(request, context);
      if (addressOnly) {
        const url = await consoles.url(profile, service, requester);
        return url.ok ? succeeded({ url: url.value }) : url;
      }
      const opened = await consoles.open(profile, service, requester);
      return opened.ok ? succeeded({ url: null }) : opened;
    },
  } satisfies Partial<ApiHandlers>;
}

function toOpen(role: ReturnType<ConsoleSignIns['role']>, addressOnly: boolean): Result<ActionToConfirm> {
  if (!role.ok) return role;
  const { profile, accountId, roleName } = role.value;
  return succeeded({ profile, accountIds: [accountId], action: { verb: 'console', role: roleName, addressOnly } });
}
