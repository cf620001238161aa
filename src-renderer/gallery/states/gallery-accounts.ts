import type { SessionState } from '../../../src-main/contract/ui-state.ts';
import { sampleProjects } from './gallery-projects.ts';
import { deployer } from './gallery-samples.ts';
import { panel, profile, settings, type Shown, type ShownStates } from './gallery-windows.ts';

const hour = 3_600_000;

/** How an account is marked, and the question whether one is production. */
export function accountStates(at: number): ShownStates {
  const live: SessionState = { kind: 'active', identity: deployer, origin: 'code', issuedAt: at - hour, expiresAt: at + 7 * hour };
  return {
    'panel-account-marked': markedIn('/home/alice/projects/sandbox', at),
    'panel-account-production': markedIn('/home/alice/projects/network', at),
    'panel-likely-production': panel({ profiles: [profile('prod-eu', live), profile('staging', { kind: 'none' })] }),
  };
}

/** The dialog about the first account of a project, opened from its table. */
function markedIn(folder: string, at: number): Shown {
  const { projects, checks, accounts } = sampleProjects(at);
  const { [folder]: project } = projects;
  if (project === undefined) throw new Error(`The gallery has no project ${folder}`);
  return {
    ...panel({ settings: { ...settings, projects: { [folder]: project }, accounts }, checks, profiles: [profile('default', { kind: 'none' })] }),
    pressed: [`[data-project="${folder}"] h3 button`, `[data-project="${folder}"] button:has(.lucide-tag)`],
  };
}
