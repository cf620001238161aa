import type { CommandHandlers } from '../../contract/ipc.ts';
import type { SessionManager } from './session-manager.ts';

/** What the windows ask of sessions, and of the MFA prompt that starts them. */
export function sessionCommands({ sessions }: { readonly sessions: SessionManager }) {
  return {
    requestSession: (request) => sessions.requestSession(request),
    submitMfa: (request) => sessions.submitMfa(request),
    chooseMfaDevice: (request) => sessions.chooseMfaDevice(request),
    cancelPrompt: (request) => sessions.cancelPrompt(request),
    endSession: (request) => void sessions.endSession(request),
  } satisfies Partial<CommandHandlers>;
}
