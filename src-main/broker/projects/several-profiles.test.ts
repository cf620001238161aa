import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { unknownProgram, withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import type { GuardReport } from '../../contract/guard.ts';
import { planRun } from '../../core/terraform/runs/run.ts';
import { readProject } from '../../terraform/read-project.ts';

/** `default` and `other` are users of account A, `prod` a role in B, `audit` one in C; the app cannot serve the rest. */
const it = withBroker((aws) => ({
  config: [
    `[profile prod]\nrole_arn = ${aws.accounts.b.deployRoleArn}\nsource_profile = default\n`,
    `[profile audit]\nrole_arn = ${aws.accounts.c.deployRoleArn}\nsource_profile = default\n`,
    `[profile prod#old]\nrole_arn = ${aws.accounts.b.deployRoleArn}\nsource_profile = default\n`,
    '[profile corporate]\nsso_start_url = https://example.awsapps.com/start\n',
    '[profile foreign]\nlogin_session = arn:aws:iam::111111111111:user/alice\ncredential_process = /bin/false\n',
  ].join(''),
})).extend('folder', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 'project-'));
  onCleanup(() => rm(folder, { recursive: true }));
  return folder;
});

async function judged(rig: BrokerRig, folder: string, main: string, { only = false, accounts = [] as string[] } = {}): Promise<GuardReport> {
  await writeFile(join(folder, 'main.tf'), main);
  const reading = await readProject({ run: planRun({ args: [], env: {}, cwd: folder }), env: {} });
  if (!reading.ok) throw new Error(reading.error.code);
  const report = await rig.broker.guard.judge(reading.value, { profile: 'default', accounts, only, relay: true, requester: unknownProgram() });
  if (!report.ok) throw new Error(report.error.code);
  return report.value;
}

const provider = (...lines: string[]) => `provider "aws" {\n${lines.join('\n')}\n}\n`;
const profile = (name: string) => `profile = "${name}"`;
const allowed = (...ids: string[]) => `allowed_account_ids = ${JSON.stringify(ids)}`;
const rows = ({ rows: all }: GuardReport) => all.map((row) => [row.address, row.profile, row.account?.accountId, row.verdict, row.reason?.code]);

describe('a project that names several profiles', () => {
  it('has each provider judged by the account of its own profile', async ({ rig, folder }) => {
    await rig.startSession();
    const main = [
      provider(allowed('111111111111')),
      provider('alias = "prod"', profile('prod'), allowed('222222222222')),
      provider('alias = "wrong"', profile('audit'), allowed('222222222222')),
    ];
    const report = await judged(rig, folder, main.join('') + uses('aws', 'aws.prod', 'aws.wrong'));
    expect(rows(report)).toEqual([
      ['aws', undefined, '111111111111', 'match', undefined],
      ['aws.prod', 'prod', '222222222222', 'match', undefined],
      ['aws.wrong', 'audit', '333333333333', 'mismatch', 'guard-mismatch-profile'],
    ]);
    expect(report.rows[2]?.reason?.params).toMatchObject({ profile: 'audit', account: '333333333333', meant: '222222222222' });
  });

  it('has a provider with another profile held against what the project names, and against --account', async ({ rig, folder }) => {
    await rig.startSession();
    const main = provider(allowed('111111111111')) + provider('alias = "prod"', profile('prod')) + uses('aws', 'aws.prod');
    expect(rows(await judged(rig, folder, main))[1]).toEqual(['aws.prod', 'prod', '222222222222', 'mismatch', 'guard-unnamed-profile']);
    expect(rows(await judged(rig, folder, provider(profile('prod')), { accounts: ['111111111111'] }))[0]?.[3]).toBe('mismatch');
    expect(rows(await judged(rig, folder, provider(profile('prod')), { accounts: ['222222222222'] }))[0]?.[3]).toBe('match');
  });

  it('assumes the role of a provider with the session of its profile', async ({ rig, folder, aws }) => {
    await rig.startSession();
    // Its role trusts account B alone.
    const role = `assume_role {\nrole_arn = "${aws.accounts.c.auditRoleArn}"\n}`;
    expect(rows(await judged(rig, folder, provider(profile('prod'), role, allowed('333333333333'))))).toEqual([
      ['aws', 'prod', '333333333333', 'match', undefined],
    ]);
    expect(rows(await judged(rig, folder, provider(role, allowed('333333333333'))))[0]?.[4]).toBe('role-not-allowed');
  });

  it('is a mismatch where a profile is in no file, or where the app cannot serve it, of a state too', async ({ rig, folder }) => {
    await rig.startSession();
    expect(rows(await judged(rig, folder, provider(profile('nowhere'))))[0]?.slice(3)).toEqual(['mismatch', 'guard-profile-missing']);
    const { rows: named } = await judged(rig, folder, provider(profile('nowhere'), allowed('222222222222')));
    expect(named[0]?.reason).toEqual({
      code: 'guard-profile-missing-known',
      params: { provider: 'aws', profile: 'nowhere', account: '222222222222', found: 'prod' },
    });
    for (const name of ['corporate', 'foreign', 'prod#old']) {
      expect(rows(await judged(rig, folder, provider(profile(name))))[0]?.slice(3)).toEqual(['mismatch', 'guard-profile-unserved']);
    }
    const state = (name: string) => `terraform {\nbackend "s3" {\nbucket = "b"\nkey = "k"\n${profile(name)}\n}\n}\n`;
    const unfound = await judged(rig, folder, state('foreign') + provider(allowed('111111111111')));
    expect([unfound.verdict, unfound.obstacles.map(({ code }) => code)]).toEqual(['mismatch', ['guard-state-profile-unfound']]);
    expect((await judged(rig, folder, state('audit') + provider(allowed('111111111111')))).verdict).toBe('match');
  });

  it('names the production accounts that are reached by its profiles, the one of its state among them', async ({ rig, folder }) => {
    await rig.startSession();
    for (const accountId of ['222222222222', '333333333333']) rig.broker.settings.setAccount({ accountId, color: null, production: true });
    const state = `terraform {\nbackend "s3" {\nbucket = "b"\nkey = "k"\n${profile('audit')}\n}\n}\n`;
    const { production } = await judged(rig, folder, state + provider(profile('prod'), allowed('222222222222')));
    expect(production.map(({ accountId }) => accountId)).toEqual(['222222222222', '333333333333']);
  });

  it('leaves a profile that only the run knows to the run, where something says what is meant', async ({ rig, folder }) => {
    await rig.startSession();
    const main = `data "external" "which" {\nprogram = ["true"]\n}\n${provider('profile = data.external.which.result.name', allowed('222222222222'))}`;
    expect(rows(await judged(rig, folder, main))[0]?.slice(3)).toEqual(['at-run-time', 'guard-unknown-profile']);
  });

  it('is judged as before for a run that finds one profile alone, by choice or by the settings', async ({ rig, folder }) => {
    await rig.startSession();
    const main = provider(profile('prod'), allowed('222222222222'));
    expect(rows(await judged(rig, folder, main, { only: true }))[0]?.[4]).toBe('guard-other-profile');
    rig.broker.settings.change({ onlyProfile: true });
    expect(rows(await judged(rig, folder, main))[0]?.[4]).toBe('guard-other-profile');
  });

  it('asks for the code of each user once, one prompt after the other, and stops at the first that is cancelled', async ({ rig, folder }) => {
    const main =
      provider(allowed('111111111111')) + ['a', 'b'].map((alias) => provider(`alias = "${alias}"`, profile('other'), allowed('111111111111'))).join('');
    const judging = judged(rig, folder, main + uses('aws', 'aws.a', 'aws.b'));
    const asked: string[] = [];
    for (const name of ['default', 'other']) {
      await rig.shows(`the prompt of ${name}`, ({ prompt }) => (prompt?.profile === name && prompt.step.kind === 'enter-code' ? true : undefined));
      asked.push(rig.store.state.prompt?.profile ?? '');
      await rig.submit(await rig.aws.nextTotpCode());
    }
    expect(rows(await judging).map(([address, , , verdict]) => [address, verdict])).toEqual([
      ['aws', 'match'],
      ['aws.a', 'match'],
      ['aws.b', 'match'],
    ]);
    expect(asked).toEqual(['default', 'other']);
    rig.sessions.endSession({ profile: 'other' });
    const cancelled = judged(rig, folder, main + uses('aws', 'aws.a', 'aws.b'));
    await rig.step('enter-code');
    rig.cancelPrompt();
    await expect(cancelled).rejects.toThrow('mfa-cancelled');
    expect(rig.store.state.prompt).toBeNull();
  });
});

function uses(...providers: string[]): string {
  return providers.map((address, index) => `resource "aws_s3_bucket" "b${index}" {\nprovider = ${address}\n}\n`).join('');
}
