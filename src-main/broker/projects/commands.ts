import type { CommandHandlers } from '../../contract/ipc.ts';
import type { Projects } from './projects.ts';

/** What the windows ask of Terraform projects; a new one is found by a dialog, which is the app's. */
export function projectCommands({ projects }: { readonly projects: Projects }) {
  return {
    removeProject: (request) => projects.remove(request),
    restoreProject: (request) => projects.restore(request),
    checkProject: (request) => projects.check(request),
    bindProject: (request) => projects.bind(request),
    remindOfProject: (request) => projects.remindOf(request),
    forgetDeployment: (request) => projects.forgetDeployment(request),
  } satisfies Partial<CommandHandlers>;
}
