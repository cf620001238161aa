import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { assumeRole } from '../../../testing/aws/clients/sdk-session.ts';
import { eventually } from '../../../testing/processes/eventually.ts';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import type { ApiRequest } from '../../contract/local-api.ts';
import type { SessionRecord } from '../../contract/ledger.ts';
import type { SessionPolicies } from '../../contract/session-policies.ts';
import { readOnlyPolicies as readOnly } from '../../core/sessions/session-policies.ts';

const it = withBroker(({ accounts }) => ({
  config: [
    `[profile deploy]\nrole_arn = ${accounts.b.deployRoleArn}\nsource_profile = default`,
    `[profile audit]\nrole_arn = ${accounts.c.auditRoleArn}\nsource_profile = deploy`,
    '[profile deploy-sts]\ncredential_process = /opt/sts-tray/bin/sts-tray credential-process deploy\n',
  ].join('\n'),
  hasTerminal: true,
}));

const minute = 60_000;
const context = () => ({ signal: new AbortController().signal });
const mayAssume: SessionPolicies = {
  readOnly: false,
  arns: [],
  document: { name: 'chain.json', text: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }] }) },
};

const handOff = (rig: BrokerRig, fields: Partial<ApiRequest<'hand-off'>> = {}) =>
  rig.broker.apiHandlers['hand-off']({ profile: 'deploy', credentials: 'static', ...fields }, context());
const process = (rig: BrokerRig, fields: Partial<ApiRequest<'credential-process'>> = {}) =>
  rig.broker.apiHandlers['credential-process']({ profile: 'deploy', waitSeconds: 1, ...fields }, context());

async function variables(rig: BrokerRig, fields: Partial<ApiRequest<'hand-off'>> = {}): Promise<Readonly<Record<string, string>>> {
  const answer = await handOff(rig, fields);
  if (!answer.ok) throw new Error(answer.error.code);
  return Object.fromEntries(answer.value.set);
}

async function keyOf(rig: BrokerRig, fields: Partial<ApiRequest<'credential-process'>> = {}): Promise<string> {
  const answer = await process(rig, fields);
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value.AccessKeyId;
}

async function limitId(rig: BrokerRig, policies: SessionPolicies = readOnly): Promise<string> {
  return (await variables(rig, { policies }))['STS_TRAY_LIMIT'] ?? '';
}

function credentialsIn(set: Readonly<Record<string, string>>) {
  return { accessKeyId: set['AWS_ACCESS_KEY_ID'] ?? '', secretAccessKey: set['AWS_SECRET_ACCESS_KEY'] ?? '', sessionToken: set['AWS_SESSION_TOKEN'] ?? '' };
}

describe('a session with session policies', () => {
  it('may do at AWS what they allow, and nothing else of what its role may', async ({ rig, aws }) => {
    await rig.startSession();
    const full = credentialsIn(await variables(rig));
    expect(await assumeRole(aws, full, aws.accounts.c.auditRoleArn)).toBeTruthy();
    const limited = credentialsIn(await variables(rig, { policies: readOnly }));
    await expect(assumeRole(aws, limited, aws.accounts.c.auditRoleArn)).rejects.toThrow('no session policy allows the sts:AssumeRole action');
    const chained = credentialsIn(await variables(rig, { policies: mayAssume }));
    expect(await assumeRole(aws, chained, aws.accounts.c.auditRoleArn)).toBeTruthy();
  });

  it('is asked of AWS with AWS’s own policy in the partition of the role, and with the policy of a file', async ({ rig, aws }) => {
    await rig.startSession();
    await variables(rig, { policies: { ...mayAssume, readOnly: true } });
    expect(aws.calls.findLast(({ action }) => action === 'AssumeRole')?.parameters).toMatchObject({
      Policy: mayAssume.document?.text,
      'PolicyArns.member.1.arn': 'arn:aws:iam::aws:policy/ReadOnlyAccess',
    });
  });

  it('is never the profile’s own session, nor one with other policies, and is used again for the same ones', async ({ rig }) => {
    await rig.startSession();
    const [own, first, other] = [await variables(rig), await variables(rig, { policies: readOnly }), await variables(rig, { policies: mayAssume })];
    const keys = [own, first, other].map((set) => set['AWS_ACCESS_KEY_ID']);
    expect(new Set(keys).size).toBe(3);
    expect((await variables(rig))['AWS_ACCESS_KEY_ID']).toBe(keys[0]);
    expect((await variables(rig, { policies: readOnly }))['AWS_ACCESS_KEY_ID']).toBe(keys[1]);
    expect(rig.credentials('deploy')?.accessKeyId).toBe(keys[0]);
  });

  it('is one call of AWS for all programs that ask at once, and no prompt', async ({ rig, aws }) => {
    await rig.startSession();
    const [since, raised] = [aws.calls.length, rig.raised];
    const sets = await Promise.all(Array.from({ length: 50 }, () => variables(rig, { policies: readOnly })));
    expect(new Set(sets.map((set) => set['AWS_ACCESS_KEY_ID'])).size).toBe(1);
    expect(aws.calls.slice(since).filter(({ action }) => action === 'AssumeRole')).toHaveLength(1);
    expect(rig.raised).toBe(raised);
  });

  it('is made at the end of a chain of roles, whose way there needs more than it has', async ({ rig }) => {
    await rig.startSession();
    const set = await variables(rig, { profile: 'audit', policies: readOnly });
    expect(rig.store.state.limited).toMatchObject([{ profile: 'audit', accountId: '333333333333' }]);
    expect(set['AWS_ACCESS_KEY_ID']).not.toBe(rig.credentials('deploy')?.accessKeyId);
  });

  it('asks for a code where its user has no session, and is renewed silently from then on', async ({ rig }) => {
    const first = variables(rig, { policies: readOnly });
    await rig.answerPrompt();
    const before = (await first)['AWS_ACCESS_KEY_ID'];
    rig.ahead = 50 * minute;
    const raised = rig.raised;
    const after = (await variables(rig, { policies: readOnly }))['AWS_ACCESS_KEY_ID'];
    expect(after).not.toBe(before);
    expect(rig.raised).toBe(raised);
  });

  it('is refused for a user’s session, for which STS takes no policies, with the roles that would do', async ({ rig }) => {
    await rig.startSession();
    expect(await handOff(rig, { profile: 'default', policies: readOnly })).toEqual({
      ok: false,
      error: { code: 'limit-needs-role', params: { profile: 'default', roles: 'deploy, audit' } },
    });
    expect(await handOff(rig, { profile: 'other', policies: readOnly })).toMatchObject({ error: { code: 'limit-needs-role-none' } });
  });

  it('is refused with a sentence where AWS does not take the policies', async ({ rig }) => {
    await rig.startSession();
    const document = { name: 'broken.json', text: '{"Statement":1}' };
    expect(await handOff(rig, { policies: { readOnly: false, arns: [], document } })).toMatchObject({ error: { code: 'policy-malformed' } });
  });
});

describe('what has a limited session', () => {
  it('gets the same one by its profile’s name, however it asks', async ({ rig }) => {
    await rig.startSession();
    const limit = await limitId(rig);
    const key = await keyOf(rig, { limit });
    expect(key).not.toBe(await keyOf(rig));
    expect(await keyOf(rig, { callerLimit: limit })).toBe(key);
    expect(await keyOf(rig, { profile: 'deploy-sts', callerLimit: limit })).toBe(key);
    const set = await variables(rig, { callerLimit: limit });
    expect([set['AWS_ACCESS_KEY_ID'], set['STS_TRAY_LIMIT']]).toEqual([key, limit]);
  });

  it('gets no session of another profile, not even of the one that its own is made from', async ({ rig }) => {
    await rig.startSession();
    const limit = await limitId(rig);
    for (const profile of ['default', 'other', 'audit']) {
      for (const answer of [await handOff(rig, { profile, callerLimit: limit }), await process(rig, { profile, callerLimit: limit })]) {
        expect(answer).toMatchObject({ ok: false, error: { code: 'limit-other-profile', params: { profile, limited: 'deploy', policies: 'read-only' } } });
      }
    }
  });

  it('gets none with other policies, by their names or by another limit', async ({ rig }) => {
    await rig.startSession();
    const [limit, other] = [await limitId(rig), await limitId(rig, mayAssume)];
    expect(await handOff(rig, { callerLimit: limit, policies: mayAssume })).toMatchObject({ error: { code: 'limit-other-policies' } });
    expect(await process(rig, { callerLimit: limit, limit: other })).toMatchObject({ error: { code: 'limit-other-policies' } });
    expect(await handOff(rig, { callerLimit: limit, policies: readOnly })).toMatchObject({ ok: true });
  });

  it('gets nothing where the app does not know its limit, or the line names another profile', async ({ rig }) => {
    await rig.startSession();
    const [limit, unknown] = [await limitId(rig), '0'.repeat(40)];
    expect(await process(rig, { callerLimit: unknown })).toMatchObject({ error: { code: 'limit-unknown' } });
    expect(await process(rig, { limit: unknown })).toMatchObject({ error: { code: 'limit-unknown' } });
    expect(await process(rig, { profile: 'audit', limit })).toMatchObject({ error: { code: 'limit-unknown' } });
  });

  it('opens no console and no terminal with more', async ({ rig }) => {
    await rig.startSession();
    const callerLimit = await limitId(rig);
    expect(await rig.broker.apiHandlers.console({ profile: 'deploy', callerLimit }, context())).toMatchObject({ error: { code: 'limit-not-within' } });
    expect(rig.store.state.question).toBeNull();
    const directory = join(rig.store.state.desktop.dataFolder, '..');
    const terminal = (profile: string) => rig.broker.apiHandlers.terminal({ profile, directory, callerLimit }, context());
    expect(await terminal('default')).toMatchObject({ error: { code: 'limit-other-profile' } });
    expect(await terminal('deploy')).toMatchObject({ ok: true });
    expect(rig.terminals.at(-1)?.policies).toEqual(['read-only']);
  });
});

describe('a terminal with a limited session', () => {
  const limited = async (rig: BrokerRig) => {
    await rig.startSession();
    await rig.broker.handOffs.openTerminal({ profile: 'deploy', readOnly: true });
    const launch = rig.terminals.at(-1);
    if (launch === undefined) throw new Error(JSON.stringify(rig.store.state.notice));
    return { launch, set: Object.fromEntries(launch.variables) };
  };

  it('has a configuration of its own, whose line asks for no other session', async ({ rig }) => {
    const { launch, set } = await limited(rig);
    const config = await readFile(set['AWS_CONFIG_FILE'] ?? '', 'utf8');
    expect(config).toContain(`credential_process = /opt/sts-tray/bin/sts-tray credential-process --limit-id=${set['STS_TRAY_LIMIT']} deploy\n`);
    expect(config.match(/^\[/gm)).toHaveLength(1);
    expect(launch.policies).toEqual(['read-only']);
    await rig.startSession();
    await variables(rig);
    await rig.broker.handOffs.openTerminal({ profile: 'deploy' });
    expect([launch.unset, rig.terminals.at(-1)?.unset].map((names) => names?.includes('STS_TRAY_LIMIT'))).toEqual([false, true]);
    const whole = await variables(rig, { credentials: 'renewable' });
    expect(whole['AWS_CONFIG_FILE']).not.toBe(set['AWS_CONFIG_FILE']);
    expect(whole).not.toHaveProperty('STS_TRAY_LIMIT');
  });

  it('works again after the app was started anew, with the same limit and no other', async ({ rig }) => {
    const { set } = await limited(rig);
    const again = await rig.restarted();
    await again.startSession();
    const limit = set['STS_TRAY_LIMIT'] ?? '';
    expect(await keyOf(again, { limit, callerLimit: limit })).toBeTruthy();
    expect(again.store.state.limited).toMatchObject([{ profile: 'deploy', policies: ['read-only'] }]);
    await again.broker.dispose();
  });

  it('gets nothing where the file of its limit was changed', async ({ rig }) => {
    const { set } = await limited(rig);
    const folder = join(rig.store.state.desktop.dataFolder, 'limits');
    const [file = ''] = await readdir(folder);
    expect(file).toBe(`${set['STS_TRAY_LIMIT']}.json`);
    const text = await readFile(join(folder, file), 'utf8');
    await writeFile(join(folder, file), text.replace('"arns":[]', '"arns":["arn:aws:iam::aws:policy/AdministratorAccess"]'));
    const again = await rig.restarted();
    await again.startSession();
    expect(await process(again, { limit: set['STS_TRAY_LIMIT'] })).toMatchObject({ error: { code: 'limit-unknown' } });
    await again.broker.dispose();
  });

  it('is not opened for a user’s session: the panel says what would do', async ({ rig }) => {
    await rig.startSession();
    await rig.broker.handOffs.openTerminal({ profile: 'default', readOnly: true });
    expect(rig.store.state.notice).toMatchObject({ kind: 'failed', profile: 'default', error: { code: 'limit-needs-role' } });
    expect(rig.terminals).toEqual([]);
  });
});

describe('a limited session that is over', () => {
  const shown = (rig: BrokerRig) => rig.store.state.limited.map(({ profile }) => profile);

  it('ends with the session of its profile, and with that of the user', async ({ rig }) => {
    await rig.startSession();
    for (const name of ['deploy', 'default']) {
      await variables(rig, { policies: readOnly });
      expect(shown(rig)).toEqual(['deploy']);
      rig.sessions.endSession({ profile: name });
      expect(shown(rig)).toEqual([]);
    }
  });

  it('ends when its profile comes to mean another role, so that nothing is done in the old account', async ({ rig, aws }) => {
    await rig.startSession();
    const limit = await limitId(rig);
    const { config } = rig.store.state.files;
    const text = await readFile(config, 'utf8');
    await writeFile(config, text.replace(aws.accounts.b.deployRoleArn, aws.accounts.c.deployRoleArn));
    await rig.broker.loadConfig();
    expect(shown(rig)).toEqual([]);
    const answer = await process(rig, { limit });
    expect(answer).toMatchObject({ ok: true, value: { AccountId: '333333333333' } });
  });

  it('is not kept when the session that it was made from was ended while AWS was asked', async ({ rig, aws }) => {
    await rig.startSession();
    const assuming = aws.faults.hold('sts:AssumeRole');
    const waiting = handOff(rig, { policies: readOnly });
    await assuming.arrived;
    rig.sessions.endSession({ profile: 'default' });
    assuming.release();
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'session-none' } });
    expect(shown(rig)).toEqual([]);
  });

  it('ends with a revocation of its role', async ({ rig }) => {
    await rig.startSession();
    rig.confirms = true;
    await variables(rig, { policies: readOnly });
    expect(await rig.broker.apiHandlers.revoke({ profile: 'deploy' }, context())).toMatchObject({ ok: true });
    expect(shown(rig)).toEqual([]);
  });

  it('is no longer shown once it has run out', async ({ rig }) => {
    await rig.startSession();
    await variables(rig, { policies: readOnly });
    rig.ahead = 61 * minute;
    rig.broker.limited.timePassed();
    expect(shown(rig)).toEqual([]);
  });

  it('is what logout of everything ends, also where its profile has no session of its own', async ({ rig }) => {
    await rig.startSession();
    await variables(rig, { policies: readOnly });
    const answer = await rig.broker.apiHandlers.logout({ all: true }, context());
    expect(answer.ok && [...answer.value.ended].toSorted()).toEqual(['default', 'deploy']);
    expect(shown(rig)).toEqual([]);
  });
});

describe('what is told of a limited session', () => {
  it('stands in the status beside the profile’s own session, which says nothing of policies', async ({ rig }) => {
    await rig.startSession();
    await variables(rig);
    await variables(rig, { policies: { ...mayAssume, readOnly: true } });
    const answer = await rig.broker.apiHandlers.status({}, context());
    const sessions = answer.ok ? answer.value.sessions.filter(({ profile }) => profile === 'deploy') : [];
    expect(sessions.map(({ policies }) => policies)).toEqual([undefined, ['read-only', 'chain.json']]);
    expect(sessions[1]).toMatchObject({ kind: 'role', accountId: '222222222222', secondsLeft: expect.any(Number) });
  });

  it('stands in the history, with its hand-offs', async ({ rig }) => {
    await rig.startSession();
    const set = await variables(rig, { policies: readOnly });
    await eventually(async () => {
      const records = await rig.broker.apiHandlers.history({ profile: 'deploy', limit: 20 }, context());
      const session = records.ok ? records.value.records.find((record): record is SessionRecord => record.record === 'session') : undefined;
      expect(session).toMatchObject({ accessKeyId: set['AWS_ACCESS_KEY_ID'], policies: ['read-only'], handOffs: [{ way: 'export' }] });
    });
  });

  it('is what a login with policies starts or renews, with a code where one came along', async ({ rig, aws }) => {
    const login = async (code?: string) =>
      rig.broker.apiHandlers.login({ profile: 'deploy', policies: readOnly, ...(code === undefined ? {} : { code }) }, context());
    expect(await login(await aws.nextTotpCode())).toMatchObject({ ok: true, value: { profile: 'deploy', policies: ['read-only'], accountId: '222222222222' } });
    const before = await keyOf(rig, { limit: rig.store.state.limited[0]?.limitId });
    expect(await login()).toMatchObject({ ok: true });
    expect(await keyOf(rig, { limit: rig.store.state.limited[0]?.limitId })).not.toBe(before);
    expect(rig.profile('deploy').session.kind).toBe('none');
  });
});
