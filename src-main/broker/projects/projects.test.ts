import { describe, expect, vi } from 'vitest';
import { Project } from '../../contract/settings.ts';
import { withProject } from '../../../testing/rigs/projects/project-folder.ts';

const hour = 3_600_000;
const [accountA, accountB, accountC] = ['111111111111', '222222222222', '333333333333'] as const;

const it = withProject();

describe('a project counts as deployed', () => {
  it('after an apply, with the accounts that it reached', async ({ project }) => {
    project.checked('default', accountA, accountB, accountA);
    await project.stateHas(2);
    const before = Date.now();
    await project.ran('apply');
    expect(project.deployed).toMatchObject({ profile: 'deploy', accountIds: [accountA, accountB], destroyRanAt: null, remindedAt: null });
    expect(project.deployed?.at).toBeGreaterThanOrEqual(before);
    expect(project.entry?.runSeconds).toEqual({ apply: [20], destroy: [] });
    expect(Project.parse(project.entry)).toEqual(project.entry);
  });

  it('with the accounts that the relay saw, where it saw the run, whatever was foreseen', async ({ project }) => {
    project.checked('default', accountA);
    await project.stateHas(2);
    await project.ran('apply', 'default', [accountB]);
    expect(project.deployed).toMatchObject({ accountIds: [accountB] });
  });

  it('after an apply whose outcome is not known', async ({ project }) => {
    await project.keepStateElsewhere();
    await project.ran('apply');
    expect(project.deployed).toMatchObject({ accountIds: [] });
  });

  it('no more after a destroy that took everything away, or when the user says so', async ({ rig, project }) => {
    await project.applied('default', accountA);
    await project.stateHas(0);
    await project.ran('destroy');
    expect(project.deployed).toBeNull();
    await project.applied('default', accountA);
    rig.broker.projects.forgetDeployment({ folder: project.folder });
    expect(project.deployed).toBeNull();
  });

  it('not after an apply that made nothing', async ({ project }) => {
    await project.stateHas(0);
    await project.ran('apply');
    expect(project.deployed).toBeNull();
    await project.ran('destroy');
    expect(project.deployed).toBeNull();
  });

  it('still after a destroy whose outcome is not known, until the next apply', async ({ rig, project }) => {
    await project.keepStateElsewhere();
    project.checked('default', accountA);
    await project.ran('apply');
    rig.ahead = hour;
    await project.ran('destroy');
    const { at = 0, destroyRanAt = null } = project.deployed ?? {};
    expect((destroyRanAt ?? 0) - at).toBeGreaterThanOrEqual(hour);
    await project.ran('apply');
    expect(project.deployed).toMatchObject({ accountIds: [accountA], destroyRanAt: null });
  });

  it('still after a destroy that stopped half way', async ({ project }) => {
    await project.applied('default', accountA);
    await project.stateHas(1);
    await project.ran('destroy');
    expect(project.deployed?.destroyRanAt).toEqual(expect.any(Number));
  });

  it('in no way after a destroy alone', async ({ project }) => {
    await project.keepStateElsewhere();
    await project.ran('destroy');
    expect(project.deployed).toBeNull();
  });

  it('not again when it was taken off the list while its state was read', async ({ rig, project }) => {
    rig.broker.projects.add(project.folder);
    await project.stateHas(1);
    const running = project.ran('apply');
    rig.broker.projects.remove({ folder: project.folder });
    await running;
    expect(project.entry).toBeUndefined();
  });

  it('the same after its choice of a reminder, and anew for that after an apply', async ({ rig, project }) => {
    await project.applied('default', accountA);
    rig.broker.projects.remindOf({ folder: project.folder, afterHours: 4 });
    rig.broker.projects.recordReminder(project.folder);
    expect(project.entry).toMatchObject({ remindAfterHours: 4, deployed: { accountIds: [accountA], remindedAt: expect.any(Number) as number } });
    await project.ran('apply');
    expect(project.deployed?.remindedAt).toBeNull();
    rig.broker.projects.forgetDeployment({ folder: project.folder });
    rig.broker.projects.recordReminder(project.folder);
    expect(project.deployed).toBeNull();
    rig.broker.projects.remindOf({ folder: project.folder, afterHours: null });
    expect(project.entry?.remindAfterHours).toBeNull();
  });
});

describe('of several workspaces', () => {
  it('one that was destroyed leaves what the others have', async ({ rig, project }) => {
    await project.applied('staging', accountA);
    rig.ahead = hour;
    await project.applied('production', accountB);
    const both = project.deployed;
    expect(both?.accountIds).toEqual([accountB, accountA]);
    await project.stateHas(0, 'production');
    await project.ran('destroy', 'production');
    expect(project.deployed).toMatchObject({ accountIds: [accountA], destroyRanAt: null });
    expect((both?.at ?? 0) - (project.deployed?.at ?? 0)).toBeGreaterThanOrEqual(hour);
    await project.stateHas(0, 'staging');
    await project.ran('destroy', 'staging');
    expect(project.deployed).toBeNull();
  });

  it('one that never had anything changes nothing', async ({ project }) => {
    await project.applied('staging', accountA);
    const before = project.deployed;
    await project.stateHas(0);
    await project.ran('apply');
    await project.ran('destroy');
    expect(project.deployed).toEqual(before);
    await project.keepStateElsewhere();
    await project.ran('destroy');
    expect(project.deployed).toEqual(before);
  });

  it('the one that was applied last comes first, even within one millisecond', async ({ project }) => {
    vi.spyOn(Date, 'now').mockReturnValue(Date.now());
    await project.applied('staging', accountA);
    await project.applied('production', accountB);
    expect(project.deployed?.accountIds).toEqual([accountB, accountA]);
    await project.applied('staging', accountA);
    expect(project.deployed?.accountIds).toEqual([accountA, accountB]);
  });

  it('one where a destroy stopped half way does not stand for the others', async ({ project }) => {
    await project.applied('staging', accountA);
    await project.applied('production', accountB);
    await project.ran('destroy', 'staging');
    expect(project.deployed).toMatchObject({ accountIds: [accountB, accountA], destroyRanAt: null });
    await project.ran('destroy', 'production');
    expect(project.deployed?.destroyRanAt).toEqual(expect.any(Number));
    await project.applied('staging', accountA);
    expect(project.deployed?.destroyRanAt).toBeNull();
    await project.stateHas(0, 'staging');
    await project.ran('destroy', 'staging');
    expect(project.deployed?.destroyRanAt).toEqual(expect.any(Number));
  });

  it('each has its own accounts, also when a run was not checked', async ({ project }) => {
    await project.applied('staging', accountA);
    await project.stateHas(1, 'production');
    await project.ran('apply', 'production');
    expect(project.deployed?.workspaces).toMatchObject({ staging: { accountIds: [accountA] }, production: { accountIds: [] } });
    await project.applied('production', accountC);
    expect(project.deployed?.accountIds).toEqual([accountC, accountA]);
    expect(Project.parse(project.entry)).toEqual(project.entry);
  });

  it('a user says of all that they are gone', async ({ rig, project }) => {
    await project.applied('staging', accountA);
    await project.applied('production', accountB);
    rig.broker.projects.forgetDeployment({ folder: project.folder });
    expect(project.deployed).toBeNull();
  });

  it('a deployment without any is that of the workspace `default`', async ({ rig, project }) => {
    const known = { at: 1, profile: 'default', accountIds: [accountA], destroyRanAt: null, remindedAt: null };
    rig.broker.settings.keepProjects({
      [project.folder]: Project.parse({ profile: null, accounts: {}, runSeconds: { apply: [], destroy: [] }, deployed: known }),
    });
    await project.stateHas(0, 'staging');
    await project.ran('destroy', 'staging');
    expect(project.deployed).toMatchObject(known);
    await project.stateHas(0);
    await project.ran('destroy');
    expect(project.deployed).toBeNull();
  });
});
