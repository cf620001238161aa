import type { ApiHandlers } from '../local-api/server.ts';
import type { SessionManager } from '../sessions/session-manager.ts';
import type { ProfileInstaller } from './profile-installer.ts';

type Parts = { readonly installer: ProfileInstaller; readonly sessions: Pick<SessionManager, 'find'> };

/** What the command line asks to be changed in the AWS files. */
export function profileApiHandlers({ installer, sessions }: Parts) {
  return {
    install: async ({ profile }) => {
      const found = sessions.find(profile);
      return found.ok ? installer.install(found.value.name) : found;
    },
    // Its entry can be taken away after the profile itself has gone.
    uninstall: ({ profile }) => installer.uninstall(profile),
  } satisfies Partial<ApiHandlers>;
}
