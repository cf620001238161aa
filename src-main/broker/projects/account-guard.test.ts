import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LocalAws } from '../../../testing/aws/local-aws.ts';
import type { GuardReport } from '../../contract/guard.ts';
import { BrokerBench, resetAws, startAws } from '../../../testing/rigs/broker-rig.ts';

let aws: LocalAws;
let bench: BrokerBench;
let folder: string;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());
beforeEach(async () => {
  resetAws(aws);
  bench = await BrokerBench.start(aws);
  folder = await mkdtemp(join(tmpdir(), 'project-'));
  await bench.startSession();
});
afterEach(async () => {
  await bench.close();
  await rm(folder, { recursive: true });
});

/** The provider of the project's `main.tf`, with a role of its own or none. */
async function look(...lines: string[]): Promise<GuardReport> {
  await writeFile(join(folder, 'main.tf'), `provider "aws" {\n${lines.join('\n')}\n}\n`);
  await bench.broker.projects.check({ folder, profile: 'default' });
  const check = bench.store.state.checks[folder];
  if (check?.kind !== 'checked') throw new Error(JSON.stringify(check));
  return check.report;
}
const role = (roleArn: string, more = '') => `assume_role {\nrole_arn = "${roleArn}"\n${more}\n}`;
const reasonOf = ({ rows }: GuardReport) => rows[0]?.reason?.code ?? null;

describe('the account guard', () => {
  it('asks AWS where a provider leads: with the session alone, with a role, and through several', async () => {
    expect((await look()).rows[0]?.account).toEqual({ accountId: '111111111111', alias: 'example-dev', production: false });
    expect((await look(role(aws.accounts.b.deployRoleArn))).rows[0]?.account?.accountId).toBe('222222222222');
    const chain = await look(role(aws.accounts.b.deployRoleArn), role(aws.accounts.c.auditRoleArn));
    expect(chain.rows[0]?.account?.accountId).toBe('333333333333');
    expect(chain.rows[0]?.roles).toHaveLength(2);
  });

  it('gives the external ID, and says which role did not let it in', async () => {
    const { partnerRoleArn, partnerExternalId } = aws.accounts.b;
    expect((await look(role(partnerRoleArn, `external_id = "${partnerExternalId}"`))).rows[0]?.account?.accountId).toBe('222222222222');
    expect(reasonOf(await look(role(partnerRoleArn)))).toBe('role-not-allowed');
    aws.alice.deny('sts:AssumeRole');
    expect(reasonOf(await look(role(partnerRoleArn)))).toBe('role-denied');
  });

  it('knows a role of another partition by its ARN', async () => {
    await bench.close();
    bench = await BrokerBench.start(aws, { config: `[default]\nmfa_serial = ${aws.alice.mfaSerial}\n` });
    aws.forgetUsedCodes();
    await bench.startSession();
    expect(reasonOf(await look(role('arn:aws-cn:iam::222222222222:role/deploy')))).toBe('role-other-partition');
  });

  it('asks once for providers that take the same way', async () => {
    const before = aws.calls.length;
    await writeFile(join(folder, 'more.tf'), `provider "aws" {\nalias = "same"\n${role(aws.accounts.b.deployRoleArn)}\n}\n`);
    expect((await look(role(aws.accounts.b.deployRoleArn))).rows).toHaveLength(2);
    expect(aws.calls.slice(before).filter(({ action }) => action === 'AssumeRole')).toHaveLength(1);
  });

  it('asks again with the session that was renewed while AWS was asked, and keeps it', async () => {
    const first = bench.credentials()?.accessKeyId;
    aws.expireSessions();
    aws.faults.setOnce('sts:AssumeRole', { kind: 'delayed', milliseconds: 1500 });
    const looking = look(role(aws.accounts.b.deployRoleArn));
    await bench.openPrompt();
    await bench.submit(await aws.nextTotpCode());
    const renewed = bench.credentials()?.accessKeyId;
    expect(renewed).not.toBe(first);
    expect((await looking).rows[0]?.account?.accountId).toBe('222222222222');
    expect(bench.credentials()?.accessKeyId).toBe(renewed);
    expect(bench.store.state.prompt).toBeNull();
  });

  it('asks the user for another session when AWS takes the one that is held no longer', async () => {
    aws.expireSessions();
    const looking = look(role(aws.accounts.b.deployRoleArn));
    await bench.step('enter-code');
    await bench.submit(await aws.nextTotpCode());
    expect((await looking).rows[0]?.account?.accountId).toBe('222222222222');
  });

  it('remembers a binding by folder and workspace, until it is taken away', async () => {
    expect((await look()).verdict).toBe('unstated');
    bench.broker.projects.bind({ folder, workspace: 'default', accountIds: ['111111111111'] });
    expect((await look()).verdict).toBe('match');
    bench.broker.projects.bind({ folder, workspace: 'default', accountIds: ['222222222222'] });
    expect(reasonOf(await look())).toBe('guard-unnamed');
    bench.broker.projects.bind({ folder, workspace: 'default', accountIds: [] });
    expect((await look()).verdict).toBe('unstated');
  });

  it('keeps the last five runs of a folder, and knows the longest', async () => {
    const { projects } = bench.broker;
    expect(projects.longestRun(folder, 'apply')).toBeNull();
    for (const seconds of [900, 10, 20.4, 30, 40, 50]) await projects.ran({ folder, workspace: 'default', kind: 'apply' }, 'default', seconds);
    expect(projects.longestRun(folder, 'apply')).toBe(50);
    expect(bench.store.content.settings.projects[folder]?.runSeconds.apply).toEqual([50, 40, 30, 20, 10]);
    expect(projects.longestRun(folder, 'destroy')).toBeNull();
  });

  it('shows nothing any more of a project that was taken off the list', async () => {
    await look();
    bench.broker.projects.remove({ folder });
    expect(bench.store.state.checks).toEqual({});
    expect(bench.store.content.settings.projects).toEqual({});
  });
});
