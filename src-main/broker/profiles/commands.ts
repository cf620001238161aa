import type { CommandHandlers } from '../../contract/ipc.ts';
import type { SessionManager } from '../sessions/session-manager.ts';
import type { ProfileChanges } from './profile-changes.ts';

type Parts = { readonly profileChanges: ProfileChanges; readonly sessions: Pick<SessionManager, 'requestSession'> };

/** What the windows ask to be changed in the AWS files and the keychain. */
export function profileCommands({ profileChanges, sessions }: Parts) {
  return {
    installProfile: (request) => profileChanges.install(request),
    uninstallProfile: (request) => profileChanges.uninstall(request),
    moveAccessKey: (request) => profileChanges.moveAccessKey(request),
    addAccessKey: async (request) => {
      // A key that was just added is there to start a session with.
      if (await profileChanges.addAccessKey(request)) sessions.requestSession({ profile: request.profile });
    },
  } satisfies Partial<CommandHandlers>;
}
