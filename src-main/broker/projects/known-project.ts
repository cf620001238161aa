import type { Project, Settings } from '../../contract/settings.ts';
import type { ProjectReading } from '../../contract/terraform-project.ts';

const newProject: Project = { profile: null, accounts: {}, runSeconds: { apply: [], destroy: [] }, remindAfterHours: null, deployed: null };

/** What the settings remember of the project in a folder; of a new one nothing yet. */
export function knownProject({ projects }: Pick<Settings, 'projects'>, folder: string): Project {
  return (Object.hasOwn(projects, folder) ? projects[folder] : undefined) ?? newProject;
}

/** The accounts that the user said a workspace is meant for; none where nothing was said. */
export function accountsBoundTo(settings: Pick<Settings, 'projects'>, { folder, workspace }: Pick<ProjectReading, 'folder' | 'workspace'>): readonly string[] {
  const { accounts } = knownProject(settings, folder);
  return (Object.hasOwn(accounts, workspace) ? accounts[workspace] : undefined) ?? [];
}
