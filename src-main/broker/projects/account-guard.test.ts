import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { GuardReport } from '../../contract/guard.ts';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';

/** Checks the project in `folder`: the provider of its `main.tf`, with a role of its own or none. */
const checkerOf =
  (rig: BrokerRig, folder: string) =>
  async (...lines: string[]): Promise<GuardReport> => {
    await writeFile(join(folder, 'main.tf'), `provider "aws" {\n${lines.join('\n')}\n}\n`);
    await rig.broker.projects.check({ folder, profile: 'default' });
    const check = rig.store.state.checks[folder];
    if (check?.kind !== 'checked') throw new Error(JSON.stringify(check));
    return check.report;
  };

const it = withBroker()
  .extend('folder', async ({}, { onCleanup }) => {
    const folder = await mkdtemp(join(tmpdir(), 'project-'));
    onCleanup(() => rm(folder, { recursive: true }));
    return folder;
  })
  .extend('check', async ({ rig, folder }) => {
    await rig.startSession();
    for (const accountId of ['222222222222', '333333333333']) rig.broker.settings.setAccount({ accountId, color: null, production: false });
    return checkerOf(rig, folder);
  });

const role = (roleArn: string, more = '') => `assume_role {\nrole_arn = "${roleArn}"\n${more}\n}`;
const reasonOf = ({ rows }: GuardReport) => rows[0]?.reason?.code ?? null;

describe('the account guard', () => {
  it('asks AWS where a provider leads: with the session alone, with a role, and through several', async ({ rig, check }) => {
    expect((await check()).rows[0]?.account).toEqual({ accountId: '111111111111', name: 'example-dev', alias: 'example-dev', production: false });
    expect((await check(role(rig.aws.accounts.b.deployRoleArn))).rows[0]?.account?.accountId).toBe('222222222222');
    const chain = await check(role(rig.aws.accounts.b.deployRoleArn), role(rig.aws.accounts.c.auditRoleArn));
    expect(chain.rows[0]?.account?.accountId).toBe('333333333333');
    expect(chain.rows[0]?.roles).toHaveLength(2);
  });

  it('names a production account by its ID alone where its name is that of another one too: the name would be typed for either', async ({ rig, check }) => {
    rig.broker.settings.setAccount({ accountId: '111111111111', name: 'shop', production: true });
    expect((await check()).production).toMatchObject([{ accountId: '111111111111', name: 'shop' }]);
    rig.broker.settings.setAccount({ accountId: '333333333333', name: 'Shop' });
    expect((await check()).production).toMatchObject([{ accountId: '111111111111', name: null }]);
  });

  it('gives the external ID, and says which role did not let it in', async ({ rig, check }) => {
    const { partnerRoleArn, partnerExternalId } = rig.aws.accounts.b;
    expect((await check(role(partnerRoleArn, `external_id = "${partnerExternalId}"`))).rows[0]?.account?.accountId).toBe('222222222222');
    expect(reasonOf(await check(role(partnerRoleArn)))).toBe('role-not-allowed');
    rig.aws.alice.deny('sts:AssumeRole');
    expect(reasonOf(await check(role(partnerRoleArn)))).toBe('role-denied');
  });

  it('knows a role of another partition by its ARN', async ({ aws, startRig, folder }) => {
    const rig = await startRig({ config: `[default]\nmfa_serial = ${aws.alice.mfaSerial}\n` });
    await rig.startSession();
    rig.broker.settings.setAccount({ accountId: '222222222222', color: null, production: false });
    const check = checkerOf(rig, folder);
    expect(reasonOf(await check(role('arn:aws-cn:iam::222222222222:role/deploy')))).toBe('role-other-partition');
  });

  it('tells an account that the user never had to do with nothing, and goes by the ARN: enough to refuse, and else left to the relay', async ({
    rig,
    folder,
  }) => {
    await rig.startSession();
    const check = checkerOf(rig, folder);
    const before = rig.aws.calls.length;
    const { deployRoleArn } = rig.aws.accounts.b;
    const found = await check(role(deployRoleArn));
    expect([found.verdict, reasonOf(found), found.rows[0]?.account?.accountId]).toEqual(['at-run-time', 'guard-account-unseen', '222222222222']);
    expect((await check(role(deployRoleArn), 'allowed_account_ids = ["333333333333"]')).verdict).toBe('mismatch');
    rig.broker.settings.change({ relayRuns: false });
    expect((await check(role(deployRoleArn), 'allowed_account_ids = ["222222222222"]')).verdict).toBe('unknown');
    expect(rig.aws.calls.slice(before).filter(({ action }) => action === 'AssumeRole')).toEqual([]);
    rig.broker.projects.bind({ folder, workspace: 'default', accountIds: ['222222222222'] });
    expect((await check(role(deployRoleArn), 'allowed_account_ids = ["222222222222"]')).verdict).toBe('match');
  });

  it('leaves to the relay what only the run will show, unless the user has turned it off or the run makes tokens for EKS', async ({ rig, folder, check }) => {
    const external = role(rig.aws.accounts.b.deployRoleArn, 'external_id = join("", [terraform.workspace])');
    expect((await check(external, 'allowed_account_ids = ["222222222222"]')).verdict).toBe('at-run-time');
    await writeFile(join(folder, 'eks.tf'), 'data "aws_eks_cluster_auth" "main" {\n  name = "main"\n}\n');
    expect((await check(external)).verdict).toBe('unknown');
    await rm(join(folder, 'eks.tf'));
    rig.broker.settings.change({ relayRuns: false });
    expect((await check(external)).verdict).toBe('unknown');
  });

  it('asks once for providers that take the same way', async ({ rig, folder, check }) => {
    const before = rig.aws.calls.length;
    await writeFile(join(folder, 'more.tf'), `provider "aws" {\nalias = "same"\n${role(rig.aws.accounts.b.deployRoleArn)}\n}\n`);
    expect((await check(role(rig.aws.accounts.b.deployRoleArn))).rows).toHaveLength(2);
    expect(rig.aws.calls.slice(before).filter(({ action }) => action === 'AssumeRole')).toHaveLength(1);
  });

  it('asks once for providers of one role in many regions', async ({ rig, folder, check }) => {
    const { deployRoleArn } = rig.aws.accounts.b;
    const inRegion = (region: string) => `provider "aws" {\nalias = "${region}"\nregion = "${region}"\n${role(deployRoleArn)}\n}\n`;
    await writeFile(join(folder, 'more.tf'), ['eu-west-1', 'eu-west-2', 'us-east-1', 'us-west-2', 'sa-east-1'].map(inRegion).join(''));
    const before = rig.aws.calls.length;
    expect((await check(role(deployRoleArn))).rows.map(({ account }) => account?.accountId)).toEqual(Array(6).fill('222222222222'));
    expect(rig.aws.calls.slice(before).filter(({ action }) => action === 'AssumeRole')).toHaveLength(1);
  });

  it('asks again with the session that was renewed while AWS was asked, and keeps it', async ({ rig, check }) => {
    const first = rig.credentials()?.accessKeyId;
    rig.aws.expireSessions();
    const assuming = rig.aws.faults.hold('sts:AssumeRole');
    const checking = check(role(rig.aws.accounts.b.deployRoleArn));
    await assuming.arrived;
    await rig.startSession();
    const renewed = rig.credentials()?.accessKeyId;
    assuming.release();
    expect(renewed).not.toBe(first);
    expect((await checking).rows[0]?.account?.accountId).toBe('222222222222');
    expect(rig.credentials()?.accessKeyId).toBe(renewed);
    expect(rig.store.state.prompt).toBeNull();
  });

  it('asks the user for another session when AWS takes the one that is held no longer', async ({ rig, check }) => {
    rig.aws.expireSessions();
    const checking = check(role(rig.aws.accounts.b.deployRoleArn));
    await rig.answerPrompt();
    expect((await checking).rows[0]?.account?.accountId).toBe('222222222222');
  });

  it('remembers a binding by folder and workspace, until it is taken away', async ({ rig, folder, check }) => {
    expect((await check()).verdict).toBe('unstated');
    rig.broker.projects.bind({ folder, workspace: 'default', accountIds: ['111111111111'] });
    expect((await check()).verdict).toBe('match');
    rig.broker.projects.bind({ folder, workspace: 'default', accountIds: ['222222222222'] });
    expect(reasonOf(await check())).toBe('guard-unnamed');
    rig.broker.projects.bind({ folder, workspace: 'default', accountIds: [] });
    expect((await check()).verdict).toBe('unstated');
  });

  it('keeps the last five runs of a folder, and knows the longest', async ({ rig, folder }) => {
    const { projects } = rig.broker;
    expect(projects.longestRun(folder, 'apply')).toBeNull();
    for (const seconds of [900, 10, 20.4, 30, 40, 50])
      await projects.recordRun({ folder, workspace: 'default', kind: 'apply' }, 'default', { seconds, reached: null });
    expect(projects.longestRun(folder, 'apply')).toBe(50);
    expect(rig.store.content.settings.projects[folder]?.runSeconds.apply).toEqual([50, 40, 30, 20, 10]);
    expect(projects.longestRun(folder, 'destroy')).toBeNull();
  });

  it('shows nothing any more of a project that was taken off the list', async ({ rig, folder, check }) => {
    await check();
    rig.broker.projects.remove({ folder });
    expect(rig.store.state.checks).toEqual({});
    expect(rig.store.content.settings.projects).toEqual({});
  });
});
