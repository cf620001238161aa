import { writeFile } from 'node:fs/promises';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect } from 'vitest';
import { nothingHappensFor } from '../../../testing/processes/deadline.ts';
import { eventually } from '../../../testing/processes/eventually.ts';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { RelayRig } from '../../../testing/rigs/relay-rig.ts';
import type { RelayRequest } from '../../contract/relay.ts';

/** `deploy` is a role in account B, assumed with the session of `default` in account A. */
const it = withBroker((aws) => ({ config: `[profile deploy]\nrole_arn = ${aws.accounts.b.deployRoleArn}\nsource_profile = default\nregion = us-east-1\n` }));

const context = () => ({ signal: new AbortController().signal });

function relayOf(rig: BrokerRig, project: Partial<RelayRequest['project']>, accounts: string[] = []): RelayRequest {
  return {
    ...{ accounts, typed: [], changes: true, rolesOnly: false, repeats: true, typedAs: 'command-line', until: 'connection' },
    project: { folder: '/p', workspace: 'default', accountIds: [], undecided: null, onTheWay: [], ofState: [], placed: [], ...project },
    way: { AWS_ENDPOINT_URL: rig.aws.endpoint },
  };
}

async function runFor(rig: BrokerRig, project: Partial<RelayRequest['project']>, accounts: string[] = [], profile = 'default'): Promise<string> {
  const relay = relayOf(rig, project, accounts);
  const handedOff = await rig.broker.apiHandlers['hand-off']({ profile, credentials: 'renewable', relay }, context());
  if (!handedOff.ok || handedOff.value.relayRun === null) throw new Error('no run');
  return handedOff.value.relayRun;
}

const askedFor = (rig: BrokerRig, profile: string, run?: string) =>
  rig.broker.apiHandlers['credential-process']({ profile, ...(run === undefined ? {} : { run }) }, context());
const exported = (rig: BrokerRig, profile: string, within: string) => rig.broker.apiHandlers['hand-off']({ profile, credentials: 'static', within }, context());

async function answerQuestion(rig: BrokerRig, permission: 'this-run' | 'refuse'): Promise<void> {
  const { questionId } = await eventually(() => rig.store.state.question ?? Promise.reject(new Error('nothing is asked')));
  rig.broker.commands.answerQuestion({ questionId, permission });
}

describe('a program of a run that asks for another profile', () => {
  it('gets its session for an account that is meant for the run, and is refused it for another, by name', async ({ rig }) => {
    await rig.startSession();
    const meant = await runFor(rig, {}, ['111111111111', '222222222222']);
    expect(await askedFor(rig, 'deploy', meant)).toMatchObject({ ok: true, value: { AccountId: '222222222222' } });
    const other = await runFor(rig, {}, ['111111111111']);
    const refusal = { ok: false, error: { code: 'relay-profile-not-meant', params: { profile: 'deploy', account: '222222222222', meant: '111111111111' } } };
    expect(await askedFor(rig, 'deploy', other)).toMatchObject(refusal);
    expect(await exported(rig, 'deploy', other)).toMatchObject(refusal);
    // The profile that the run was started with is what the user chose.
    expect(await askedFor(rig, 'default', other)).toMatchObject({ ok: true });
    expect(await askedFor(rig, 'deploy')).toMatchObject({ ok: true });
  });

  it('waits for a person where nobody has said what is meant, and the question names the profile', async ({ rig }) => {
    await rig.startSession();
    const run = await runFor(rig, {});
    const refused = askedFor(rig, 'deploy', run);
    const question = await eventually(() => rig.store.state.question ?? Promise.reject(new Error('nothing is asked')));
    expect(question).toMatchObject({ kind: 'account', profile: 'deploy', accountId: '222222222222', role: null });
    await answerQuestion(rig, 'refuse');
    expect(await refused).toMatchObject({ ok: false, error: { code: 'relay-not-allowed' } });
    const next = await runFor(rig, {});
    const allowed = [askedFor(rig, 'deploy', next), askedFor(rig, 'deploy', next)];
    await answerQuestion(rig, 'this-run');
    for (const one of await Promise.all(allowed)) expect(one).toMatchObject({ ok: true });
    expect(await askedFor(rig, 'deploy', next)).toMatchObject({ ok: true });
  });

  it('gets what Terraform needs for a state', async ({ rig }) => {
    await rig.startSession();
    expect(await askedFor(rig, 'deploy', await runFor(rig, { accountIds: ['111111111111'], profiles: ['deploy'] }))).toMatchObject({ ok: true });
  });

  it('asks nobody for a code whose session would be refused', async ({ rig }) => {
    await rig.startSession();
    const run = await runFor(rig, {}, ['333333333333']);
    rig.sessions.endSession({ profile: 'default' });
    expect(await askedFor(rig, 'deploy', run)).toMatchObject({ ok: false, error: { code: 'relay-profile-not-meant' } });
    expect(rig.store.state.prompt).toBeNull();
  });
});

describe('an exec within a run', () => {
  /** As `sts-tray exec deploy -- terraform` asks in a folder that states nothing. */
  async function inner(rig: BrokerRig, within: string, profile = 'deploy') {
    const program = { command: 'terraform', folder: '/elsewhere' };
    return rig.broker.apiHandlers['hand-off']({ profile, credentials: 'renewable', within, program, relay: relayOf(rig, {}) }, context());
  }
  const refusal = (meant: string) => ({
    ok: false,
    error: { code: 'relay-profile-not-meant', params: { profile: 'deploy', account: '222222222222', meant } },
  });

  it('an exec within a run gets no session of another profile than what the project around it states, or its --account', async ({ rig }) => {
    await rig.startSession();
    expect(await inner(rig, await runFor(rig, { accountIds: ['111111111111'] }))).toMatchObject(refusal('111111111111'));
    expect(await inner(rig, await runFor(rig, {}, ['111111111111']))).toMatchObject(refusal('111111111111'));
    const both = await runFor(rig, { accountIds: ['111111111111', '222222222222'] });
    expect(await inner(rig, both)).toMatchObject({ ok: true, value: { accountId: '222222222222' } });
  });

  it('an exec within a run of which nobody has said what it is for is judged by its own folder alone', async ({ rig }) => {
    await rig.startSession();
    expect(await inner(rig, await runFor(rig, {}))).toMatchObject({ ok: true, value: { accountId: '222222222222' } });
    expect(rig.store.state.question).toBeNull();
  });

  it('an exec within an exec of a folder that states nothing keeps to what the outermost one is for', async ({ rig }) => {
    await rig.startSession();
    const middle = await inner(rig, await runFor(rig, { accountIds: ['111111111111'] }), 'default');
    expect(middle).toMatchObject({ ok: true });
    expect(await inner(rig, middle.ok ? (middle.value.relayRun ?? '') : '')).toMatchObject(refusal('111111111111'));
  });

  it('an exec of the same profile gets its session also where the run around it can only assume roles, as the guarded Terraform in it does', async ({
    rig,
  }) => {
    await rig.startSession();
    const relay = { ...relayOf(rig, {}, ['222222222222']), rolesOnly: true };
    const outer = await rig.broker.apiHandlers['hand-off']({ profile: 'default', credentials: 'renewable', relay }, context());
    expect(outer).toMatchObject({ ok: true, value: { rolesOnly: true } });
    const run = outer.ok ? (outer.value.relayRun ?? '') : '';
    expect(await inner(rig, run, 'default')).toMatchObject({ ok: true, value: { accountId: '111111111111' } });
    expect(await exported(rig, 'default', run)).toMatchObject({ ok: false, error: { code: 'account-outside-run' } });
  });

  it('an exec in a folder that is bound to another account waits for a person, whose word is for this run', async ({ rig }) => {
    await rig.startSession();
    rig.broker.commands.bindProject({ folder: '/p', workspace: 'default', accountIds: ['111111111111'] });
    const asked = inner(rig, await runFor(rig, {}));
    await answerQuestion(rig, 'refuse');
    expect(await asked).toMatchObject({ ok: false, error: { code: 'relay-not-allowed' } });
  });
});

describe('a run whose own profile came to lead to another account, because the AWS files were edited meanwhile', () => {
  it('gets the session of that account only where it is meant for the run', async ({ rig, aws }) => {
    await rig.startSession();
    const [meant, other] = [await runFor(rig, {}, ['222222222222', '333333333333'], 'deploy'), await runFor(rig, {}, ['222222222222'], 'deploy')];
    expect(await askedFor(rig, 'deploy', other)).toMatchObject({ ok: true, value: { AccountId: '222222222222' } });
    await writeFile(rig.store.state.files.config, `[profile deploy]\nrole_arn = ${aws.accounts.c.deployRoleArn}\nsource_profile = default\n`);
    await rig.broker.loadConfig();
    const refusal = { ok: false, error: { code: 'relay-profile-not-meant', params: { profile: 'deploy', account: '333333333333', meant: '222222222222' } } };
    expect(await askedFor(rig, 'deploy', other)).toMatchObject(refusal);
    expect(await exported(rig, 'deploy', other)).toMatchObject(refusal);
    expect(await askedFor(rig, 'deploy', meant)).toMatchObject({ ok: true, value: { AccountId: '333333333333' } });
    expect(await askedFor(rig, 'deploy', other)).toMatchObject(refusal);
  });

  it('is refused it too by the name of a profile that keeps a state', async ({ rig, aws }) => {
    await rig.startSession();
    const run = await runFor(rig, { accountIds: ['111111111111'], profiles: ['deploy'] });
    expect(await askedFor(rig, 'deploy', run)).toMatchObject({ ok: true, value: { AccountId: '222222222222' } });
    await writeFile(rig.store.state.files.config, `[profile deploy]\nrole_arn = ${aws.accounts.c.deployRoleArn}\nsource_profile = default\n`);
    await rig.broker.loadConfig();
    expect(await askedFor(rig, 'deploy', run)).toMatchObject({ ok: false, error: { code: 'relay-profile-not-meant' } });
  });
});

describe('the calls of a run that were signed with the session of another profile', () => {
  it('are not made at the start of the next run, which signs with its own', async ({ aws }) => {
    const rig = await RelayRig.make(aws);
    const first = await rig.open({ repeats: true, meant: { kind: 'nothing', onTheWay: [], ofState: [], placed: [] } });
    const other = await RelayRig.make(aws);
    rig.runs.handedOut({ credentials: { ...other.session, expiresAt: Date.now() + 3_600_000 }, accountId: '111111111111', profile: 'other' });
    rig.person = async () => 'this-run';
    await rig.sts(other.session).send(new AssumeRoleCommand({ RoleArn: aws.accounts.b.deployRoleArn, RoleSessionName: 'alice' }));
    await rig.sts().send(new GetCallerIdentityCommand({}));
    await first.close();
    const before = aws.calls.length;
    await rig.open({ repeats: true, meant: { kind: 'stated', by: 'option', accountIds: ['222222222222'], onTheWay: [], ofState: [], placed: [] } });
    await eventually(() => expect(aws.calls.slice(before).map(({ action }) => action)).toEqual(['GetCallerIdentity']));
    await nothingHappensFor(300);
    expect(aws.calls.slice(before).map(({ action }) => action)).toEqual(['GetCallerIdentity']);
    await Promise.all([rig.close(), other.close()]);
  });
});
