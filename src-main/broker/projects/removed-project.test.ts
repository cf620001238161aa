import { describe, expect, vi } from 'vitest';
import { withProject } from '../../../testing/rigs/projects/project-folder.ts';

const accountB = '222222222222';
const it = withProject();

describe('a project that is taken off the list', () => {
  it('a project that is taken off the list comes back to its place with its binding and its reminder', async ({ rig, project }) => {
    const { projects } = rig.broker;
    projects.add(project.folder);
    projects.add('/p/second');
    projects.bind({ folder: project.folder, workspace: 'default', accountIds: [accountB] });
    projects.remindOf({ folder: project.folder, afterHours: 4 });
    project.checked('default', accountB);
    const before = { projects: rig.store.state.settings.projects, checks: rig.store.state.checks };

    projects.remove({ folder: project.folder });
    expect(rig.store.state.notice).toMatchObject({ kind: 'project-removed', folder: project.folder });
    expect(Object.keys(rig.store.state.settings.projects)).toEqual(['/p/second']);
    projects.restore({ folder: project.folder });
    expect({ projects: rig.store.state.settings.projects, checks: rig.store.state.checks }).toEqual(before);
    expect(Object.keys(rig.store.state.settings.projects)).toEqual([project.folder, '/p/second']);
    expect(rig.store.state.notice).toBeNull();
  });

  it('a project that is taken off the list and added anew stays as it was added', async ({ rig, project }) => {
    const { projects } = rig.broker;
    projects.bind({ folder: project.folder, workspace: 'default', accountIds: [accountB] });
    projects.remove({ folder: project.folder });
    projects.add(project.folder);
    projects.restore({ folder: project.folder });
    expect(project.entry?.accounts).toEqual({});
  });

  it('a project that is taken off the list while Terraform runs in it stays off, and comes back with its binding and with what that run left', async ({
    rig,
    project,
  }) => {
    const { projects } = rig.broker;
    projects.bind({ folder: project.folder, workspace: 'default', accountIds: [accountB] });
    project.checked('default', accountB);
    await project.stateHas(1);
    projects.remove({ folder: project.folder });
    await project.ran('apply');
    expect(project.entry).toBeUndefined();
    projects.restore({ folder: project.folder });
    expect(project.entry?.accounts).toEqual({ default: [accountB] });
    await vi.waitFor(() => expect(project.deployed).toMatchObject({ accountIds: [accountB] }));
  });

  it('a project that was taken off the list is on it again when Terraform has run there anew', async ({ rig, project }) => {
    const { projects } = rig.broker;
    projects.add(project.folder);
    projects.remove({ folder: project.folder });
    rig.ahead = 60_000;
    await project.stateHas(1);
    await project.ran('apply');
    expect(project.deployed).not.toBeNull();
  });
});
