import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LocalAws } from '../../../testing/aws/local-aws.ts';
import type { GuardReport, GuardRow } from '../../contract/guard.ts';
import { Project } from '../../contract/settings.ts';
import { BrokerBench, startAws } from '../../../testing/rigs/broker-rig.ts';

const hour = 3_600_000;
const [accountA, accountB, accountC] = ['111111111111', '222222222222', '333333333333'] as const;

let aws: LocalAws;
let bench: BrokerBench;
let folder: string;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());
beforeEach(async () => {
  bench = await BrokerBench.start(aws);
  folder = await mkdtemp(join(tmpdir(), 'projects-'));
  await mkdir(join(folder, '.terraform'));
});
afterEach(async () => {
  await bench.close();
  await rm(folder, { recursive: true });
});

const project = () => bench.store.state.settings.projects[folder];
const deployed = () => project()?.deployed ?? null;

/** What the guard found before a run, in which one provider's account stayed unknown. */
function checked(workspace: string, ...accountIds: readonly string[]): void {
  const row = (accountId: string | null): GuardRow => ({
    address: 'aws',
    place: null,
    roles: [],
    region: null,
    account: accountId === null ? null : { accountId, alias: null, production: false },
    verdict: 'match',
    reason: null,
  });
  const report: GuardReport = {
    folder,
    workspace,
    profile: 'default',
    verdict: 'match',
    rows: [...accountIds, null].map(row),
    production: null,
    statementLines: null,
    state: { role: null, profile: null },
    boundTo: [],
    unreadModules: [],
  };
  bench.broker.projects.checked(report);
}

async function stateHas(resources: number, workspace = 'default'): Promise<void> {
  const file = join(folder, workspace === 'default' ? '' : `terraform.tfstate.d/${workspace}`, 'terraform.tfstate');
  const managed = {
    mode: 'managed',
    type: 'aws_s3_bucket',
    name: 'logs',
    provider: 'provider["registry.terraform.io/hashicorp/aws"]',
    instances: Array.from({ length: resources }, () => ({})),
  };
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ version: 4, serial: 1, outputs: {}, resources: resources === 0 ? [] : [managed] }));
}

/** What init leaves of a backend elsewhere, so that nobody here can tell what there is. */
const keepStateElsewhere = () =>
  writeFile(join(folder, '.terraform', 'terraform.tfstate'), JSON.stringify({ version: 3, backend: { type: 's3', config: {} } }));

const ran = (kind: 'apply' | 'destroy', workspace = 'default') => bench.broker.projects.ran({ folder, workspace, kind }, 'deploy', 20.4);

async function applied(workspace: string, accountId: string): Promise<void> {
  checked(workspace, accountId);
  await stateHas(1, workspace);
  await ran('apply', workspace);
}

describe('a project counts as deployed', () => {
  it('after an apply, with the accounts that it reached', async () => {
    checked('default', accountA, accountB, accountA);
    await stateHas(2);
    const before = Date.now();
    await ran('apply');
    expect(deployed()).toMatchObject({ profile: 'deploy', accountIds: [accountA, accountB], destroyRanAt: null, remindedAt: null });
    expect(deployed()?.at).toBeGreaterThanOrEqual(before);
    expect(project()?.runSeconds).toEqual({ apply: [20], destroy: [] });
    expect(Project.parse(project())).toEqual(project());
  });

  it('after an apply of which nothing can be told', async () => {
    await keepStateElsewhere();
    await ran('apply');
    expect(deployed()).toMatchObject({ accountIds: [] });
  });

  it('no more after a destroy that took everything away, or when the user says so', async () => {
    await applied('default', accountA);
    await stateHas(0);
    await ran('destroy');
    expect(deployed()).toBeNull();
    await applied('default', accountA);
    bench.broker.projects.forgetDeployment({ folder });
    expect(deployed()).toBeNull();
  });

  it('not after an apply that made nothing', async () => {
    await stateHas(0);
    await ran('apply');
    expect(deployed()).toBeNull();
    await ran('destroy');
    expect(deployed()).toBeNull();
  });

  it('on, after a destroy of which nothing can be told, until the next apply', async () => {
    await keepStateElsewhere();
    checked('default', accountA);
    await ran('apply');
    bench.ahead = hour;
    await ran('destroy');
    const { at = 0, destroyRanAt = null } = deployed() ?? {};
    expect((destroyRanAt ?? 0) - at).toBeGreaterThanOrEqual(hour);
    await ran('apply');
    expect(deployed()).toMatchObject({ accountIds: [accountA], destroyRanAt: null });
  });

  it('on, after a destroy that stopped half way', async () => {
    await applied('default', accountA);
    await stateHas(1);
    await ran('destroy');
    expect(deployed()?.destroyRanAt).not.toBeNull();
  });

  it('in no way after a destroy alone', async () => {
    await keepStateElsewhere();
    await ran('destroy');
    expect(deployed()).toBeNull();
  });

  it('not again when it was taken off the list while its state was read', async () => {
    bench.broker.projects.add(folder);
    await stateHas(1);
    const running = ran('apply');
    bench.broker.projects.remove({ folder });
    await running;
    expect(project()).toBeUndefined();
  });

  it('the same after its choice of a reminder, and anew for that after an apply', async () => {
    await applied('default', accountA);
    bench.broker.projects.remindOf({ folder, afterHours: 4 });
    bench.broker.projects.reminded(folder);
    expect(project()).toMatchObject({ remindAfterHours: 4, deployed: { accountIds: [accountA], remindedAt: expect.any(Number) as number } });
    await ran('apply');
    expect(deployed()?.remindedAt).toBeNull();
    bench.broker.projects.forgetDeployment({ folder });
    bench.broker.projects.reminded(folder);
    expect(deployed()).toBeNull();
    bench.broker.projects.remindOf({ folder, afterHours: null });
    expect(project()?.remindAfterHours).toBeNull();
  });
});

describe('of several workspaces', () => {
  it('one that was destroyed leaves what the others have', async () => {
    await applied('staging', accountA);
    bench.ahead = hour;
    await applied('production', accountB);
    const both = deployed();
    expect(both?.accountIds).toEqual([accountB, accountA]);
    await stateHas(0, 'production');
    await ran('destroy', 'production');
    expect(deployed()).toMatchObject({ accountIds: [accountA], destroyRanAt: null });
    expect((both?.at ?? 0) - (deployed()?.at ?? 0)).toBeGreaterThanOrEqual(hour);
    await stateHas(0, 'staging');
    await ran('destroy', 'staging');
    expect(deployed()).toBeNull();
  });

  it('one that never had anything changes nothing', async () => {
    await applied('staging', accountA);
    const before = deployed();
    await stateHas(0);
    await ran('apply');
    await ran('destroy');
    expect(deployed()).toEqual(before);
    await keepStateElsewhere();
    await ran('destroy');
    expect(deployed()).toEqual(before);
  });

  it('one where a destroy stopped half way does not stand for the others', async () => {
    await applied('staging', accountA);
    await applied('production', accountB);
    await ran('destroy', 'staging');
    expect(deployed()).toMatchObject({ accountIds: [accountB, accountA], destroyRanAt: null });
    await ran('destroy', 'production');
    expect(deployed()?.destroyRanAt).not.toBeNull();
    await applied('staging', accountA);
    expect(deployed()?.destroyRanAt).toBeNull();
    await stateHas(0, 'staging');
    await ran('destroy', 'staging');
    expect(deployed()?.destroyRanAt).not.toBeNull();
  });

  it('each has its own accounts, also when a run was not checked', async () => {
    await applied('staging', accountA);
    await stateHas(1, 'production');
    await ran('apply', 'production');
    expect(deployed()?.workspaces).toMatchObject({ staging: { accountIds: [accountA] }, production: { accountIds: [] } });
    await applied('production', accountC);
    expect(deployed()?.accountIds).toEqual([accountC, accountA]);
    expect(Project.parse(project())).toEqual(project());
  });

  it('a user says of all that they are gone', async () => {
    await applied('staging', accountA);
    await applied('production', accountB);
    bench.broker.projects.forgetDeployment({ folder });
    expect(deployed()).toBeNull();
  });

  it('a deployment without any is that of the workspace `default`', async () => {
    const known = { at: 1, profile: 'default', accountIds: [accountA], destroyRanAt: null, remindedAt: null };
    bench.broker.settings.keepProjects({ [folder]: Project.parse({ profile: null, accounts: {}, runSeconds: { apply: [], destroy: [] }, deployed: known }) });
    await stateHas(0, 'staging');
    await ran('destroy', 'staging');
    expect(deployed()).toMatchObject(known);
    await stateHas(0);
    await ran('destroy');
    expect(deployed()).toBeNull();
  });
});
