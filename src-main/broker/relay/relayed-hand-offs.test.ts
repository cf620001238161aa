import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect } from 'vitest';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { hurried } from '../../../testing/processes/hurried.ts';
import { eventually } from '../../../testing/processes/eventually.ts';
import type { ApiAnswers } from '../../contract/local-api.ts';
import type { RelayRequest } from '../../contract/relay.ts';
import { systemErrorCode } from '../../core/system-error.ts';

const it = withBroker();
const folder = '/home/alice/deploy';
const context = (signal = new AbortController().signal) => ({ signal });

function requestFor(rig: BrokerRig, { accounts = [], accountIds = [] }: { readonly accounts?: string[]; readonly accountIds?: string[] } = {}): RelayRequest {
  const project = { folder, workspace: 'default', accountIds, undecided: null, onTheWay: [], ofState: [], placed: [] };
  const way = { AWS_ENDPOINT_URL: rig.aws.endpoint };
  return { accounts, typed: [], changes: true, project, way, rolesOnly: true, repeats: true, typedAs: 'command-line', until: 'connection' };
}

async function handOff(rig: BrokerRig, relay?: RelayRequest): Promise<ApiAnswers['hand-off'] & { readonly env: Readonly<Record<string, string>> }> {
  const answer = await rig.broker.apiHandlers['hand-off'](
    { profile: 'default', credentials: 'static', program: { command: 'make apply', folder }, ...(relay === undefined ? {} : { relay }) },
    context(),
  );
  if (!answer.ok) throw new Error(answer.error.code);
  return { ...answer.value, env: Object.fromEntries(answer.value.set) };
}

type Env = Readonly<Record<string, string>>;
const sts = (env: Env, session: Env = env) =>
  new STSClient({
    endpoint: env['AWS_ENDPOINT_URL_STS'] ?? '',
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: {
      accessKeyId: session['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: session['AWS_SECRET_ACCESS_KEY'] ?? '',
      sessionToken: session['AWS_SESSION_TOKEN'] ?? '',
    },
  });
const into = (rig: BrokerRig, account: 'b' | 'c') => new AssumeRoleCommand({ RoleArn: rig.aws.accounts[account].deployRoleArn, RoleSessionName: 'alice' });
const whoAmI = () => new GetCallerIdentityCommand({});
const saying = (text: string) => ({ message: expect.stringContaining(text) });

async function answerQuestion(rig: BrokerRig, permission: 'this-run' | 'this-folder' | 'refuse'): Promise<void> {
  const { questionId } = await eventually(() => rig.store.state.question ?? Promise.reject(new Error('nothing is asked')));
  rig.broker.commands.answerQuestion({ questionId, permission });
}

describe('a run that begins with a hand-off', () => {
  it('reaches the account that --account gives, and no other', async ({ rig }) => {
    await rig.startSession();
    const { env } = await handOff(rig, requestFor(rig, { accounts: ['222222222222'], accountIds: ['333333333333'] }));
    expect((await sts(env).send(into(rig, 'b'))).AssumedRoleUser?.Arn).toContain('222222222222');
    await expect(sts(env).send(into(rig, 'c'))).rejects.toMatchObject(saying('it is meant for 222222222222'));
  });

  it('without --account reaches what its folder is bound to, before what its project says', async ({ rig }) => {
    await rig.startSession();
    const stated = await handOff(rig, requestFor(rig, { accountIds: ['333333333333'] }));
    expect((await sts(stated.env).send(into(rig, 'c'))).AssumedRoleUser?.Arn).toContain('333333333333');
    rig.broker.projects.bind({ folder, workspace: 'default', accountIds: ['222222222222'] });
    const bound = await handOff(rig, requestFor(rig, { accountIds: ['333333333333'] }));
    expect((await sts(bound.env).send(into(rig, 'b'))).AssumedRoleUser?.Arn).toContain('222222222222');
    const elsewhere = sts(bound.env).send(into(rig, 'c'));
    await answerQuestion(rig, 'refuse');
    await expect(elsewhere).rejects.toMatchObject(saying('Account 333333333333 was refused for this run'));
  });

  it('into production waits for its name, though it is meant, unless it was given, typed before, or changes nothing', async ({ rig }) => {
    await rig.startSession();
    rig.broker.settings.setAccount({ accountId: '222222222222', color: null, production: true });
    const stated = requestFor(rig, { accountIds: ['222222222222'] });
    for (const free of [{ ...stated, typed: ['222222222222'] }, { ...stated, changes: false }, requestFor(rig, { accounts: ['222222222222'] })]) {
      const { env } = await handOff(rig, free);
      expect((await sts(env).send(into(rig, 'b'))).AssumedRoleUser?.Arn).toContain('222222222222');
    }
    const { env } = await handOff(rig, stated);
    const waiting = sts(env).send(into(rig, 'b'));
    await answerQuestion(rig, 'refuse');
    await expect(waiting).rejects.toMatchObject(saying('Account 222222222222 was refused for this run'));
  });

  it('of which nobody has said anything waits for the user, who may bind its folder to the account', async ({ rig }) => {
    await rig.startSession();
    const { env } = await handOff(rig, requestFor(rig));
    const waiting = sts(env).send(into(rig, 'b'));
    await answerQuestion(rig, 'this-folder');
    expect((await waiting).AssumedRoleUser?.Arn).toContain('222222222222');
    const again = await handOff(rig, requestFor(rig));
    expect((await sts(again.env).send(into(rig, 'b'))).AssumedRoleUser?.Arn).toContain('222222222222');
    expect(rig.store.state.question).toBeNull();
  });

  it('whose folder is bound in the window stays bound to the accounts of the providers that are known to go there', async ({ rig }) => {
    await rig.startSession();
    const request = requestFor(rig);
    const placed = [{ accountId: '333333333333', role: rig.aws.accounts.c.deployRoleArn }];
    const { env } = await handOff(rig, { ...request, project: { ...request.project, placed } });
    const waiting = sts(env).send(into(rig, 'b'));
    await answerQuestion(rig, 'this-folder');
    await waiting;
    const again = await handOff(rig, request);
    expect((await sts(again.env).send(into(rig, 'c'))).AssumedRoleUser?.Arn).toContain('333333333333');
    expect(rig.store.state.question).toBeNull();
  });

  it('goes on with a session that was renewed meanwhile, however it gets it', async ({ rig }) => {
    await rig.startSession();
    const { env } = await handOff(rig, requestFor(rig, { accounts: ['222222222222'] }));
    rig.sessions.requestSession({ profile: 'default' });
    await rig.answerPrompt();
    const renewed = await rig.broker.apiHandlers['credential-process']({ profile: 'default' }, context());
    if (!renewed.ok) throw new Error(renewed.error.code);
    const { AccessKeyId, SecretAccessKey, SessionToken } = renewed.value;
    expect(AccessKeyId).not.toBe(env['AWS_ACCESS_KEY_ID']);
    const session = { AWS_ACCESS_KEY_ID: AccessKeyId, AWS_SECRET_ACCESS_KEY: SecretAccessKey, AWS_SESSION_TOKEN: SessionToken };
    expect((await sts(env, session).send(into(rig, 'b'))).AssumedRoleUser?.Arn).toContain('222222222222');
    expect((await sts(env).send(whoAmI())).Account).toBe('111111111111');
  });

  it('for other accounts than the session’s hands the session to none of its programs, and what is outside of it to anybody', async ({ rig }) => {
    await rig.startSession();
    const { relayRun } = await handOff(rig, requestFor(rig, { accounts: ['222222222222'] }));
    const run = relayRun ?? '';
    const { 'credential-process': process, 'hand-off': handedOff } = rig.broker.apiHandlers;
    const refused = { ok: false, error: { code: 'account-outside-run', params: { account: '111111111111', expected: '222222222222' } } };
    expect(await process({ profile: 'default', run }, context())).toEqual(refused);
    expect(await handedOff({ profile: 'default', credentials: 'static', within: run }, context())).toEqual(refused);
    expect(await process({ profile: 'default' }, context())).toMatchObject({ ok: true });
    const { relayRun: wider } = await handOff(rig, requestFor(rig, { accounts: ['111111111111', '222222222222'] }));
    expect(await process({ profile: 'default', run: wider ?? '' }, context())).toMatchObject({ ok: true });
  });

  it('refuses in the words of where it was typed', async ({ rig }) => {
    await rig.startSession();
    const { env } = await handOff(rig, requestFor(rig, { accounts: ['222222222222'] }));
    await expect(sts(env).send(into(rig, 'c'))).rejects.toMatchObject(saying('or run it again with --account 222222222222,333333333333'));
    const typed = await handOff(rig, { ...requestFor(rig, { accounts: ['222222222222'] }), typedAs: 'guarded-program' });
    await expect(sts(typed.env).send(into(rig, 'c'))).rejects.toMatchObject(saying('or run it again with STS_TRAY_GUARD_ACCOUNT=222222222222,333333333333'));
  });

  it('two runs at once each reach their own account, and not that of the other', async ({ rig }) => {
    await rig.startSession();
    const [toB, toC] = [
      await handOff(rig, requestFor(rig, { accounts: ['222222222222'] })),
      await handOff(rig, requestFor(rig, { accounts: ['333333333333'] })),
    ];
    const answers = await Promise.allSettled([
      sts(toB.env).send(into(rig, 'b')),
      sts(toC.env).send(into(rig, 'c')),
      sts(toB.env).send(into(rig, 'c')),
      sts(toC.env).send(into(rig, 'b')),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
    expect(answers[2]).toMatchObject({ reason: saying('it is meant for 222222222222') });
    expect(answers[3]).toMatchObject({ reason: saying('it is meant for 333333333333') });
  });

  it('leaves what it reached, and what it was kept from, in the ledger, each once', async ({ rig }) => {
    await rig.startSession();
    const { env, relayRun } = await handOff(rig, requestFor(rig, { accounts: ['222222222222'] }));
    await sts(env).send(into(rig, 'b'));
    await sts(env).send(into(rig, 'b'));
    await sts(env)
      .send(into(rig, 'c'))
      .catch(() => null);
    await rig.broker.ledger.settled();
    const history = await rig.broker.ledger.history({ limit: 100 });
    const run = { record: 'reached', run: relayRun, profile: 'default', program: 'make apply', folder };
    expect(history.ok && history.value.filter(({ record }) => record === 'reached')).toMatchObject([
      { ...run, role: rig.aws.accounts.c.deployRoleArn, accountId: '333333333333', outcome: 'refused' },
      { ...run, role: rig.aws.accounts.b.deployRoleArn, accountId: '222222222222', outcome: 'reached' },
    ]);
  });
});

describe('the end of a run', () => {
  const isOver = async (env: Env): Promise<string> => {
    try {
      await sts(env).send(whoAmI());
      return 'goes on';
    } catch (error) {
      return systemErrorCode(error)?.startsWith('ECONN') ? 'over' : 'refused';
    }
  };

  it('is when the process that holds it hangs up', async ({ rig }) => {
    await rig.startSession();
    const { env, relayRun } = await handOff(rig, requestFor(rig, { accounts: ['222222222222'] }));
    const hangUp = new AbortController();
    const holding = rig.broker.apiHandlers['relay-run']({ run: relayRun ?? '' }, context(hangUp.signal));
    expect(await isOver(env)).toBe('goes on');
    hangUp.abort();
    expect(await holding).toEqual({ ok: true, value: {} });
    await eventually(async () => expect(await isOver(env)).toBe('over'));
    expect(await rig.broker.apiHandlers['relay-run']({ run: relayRun ?? '' }, context())).toMatchObject({ ok: false, error: { code: 'relay-run-over' } });
  });

  it('is when the command lets go of the FIFO, or never opens it', async ({ rig }) => {
    await rig.startSession();
    for (const seconds of [3, null]) {
      const { env } = await handOff(rig, { ...requestFor(rig, { accounts: ['222222222222'] }), until: 'fifo' });
      expect(await isOver(env)).toBe('goes on');
      rig.watched.at(-1)?.(seconds);
      await eventually(async () => expect(await isOver(env)).toBe('over'));
    }
  });

  it('is after a minute where no process holds it', async ({ rig }) => {
    await rig.startSession();
    const { found, waited } = await hurried(async () => {
      const { env } = await handOff(rig, requestFor(rig, { accounts: ['222222222222'] }));
      let state = await isOver(env);
      while (state === 'goes on') state = await isOver(env);
      return state;
    });
    expect(found).toBe('over');
    expect(waited).toBeGreaterThanOrEqual(60_000);
  });

  it('a run whose end could not be seen, for want of a FIFO, is not begun', async ({ rig }) => {
    await rig.startSession();
    rig.fifo = null;
    const wanted = { ...requestFor(rig, { accounts: ['222222222222'] }), until: 'fifo' as const };
    await expect(handOff(rig, wanted)).rejects.toThrow('relay-not-opened');
    rig.fifo = '/run/a FIFO';
    const { env } = await handOff(rig, wanted);
    rig.watched.at(-1)?.(1);
    await eventually(async () => expect(await isOver(env)).toBe('over'));
  });

  it('after the end of a run its programs get no credentials', async ({ rig }) => {
    await rig.startSession();
    const { relayRun } = await handOff(rig, { ...requestFor(rig, { accounts: ['111111111111'] }), until: 'fifo' });
    const asked = () => rig.broker.apiHandlers['credential-process']({ profile: 'default', run: relayRun ?? '' }, context());
    expect(await asked()).toMatchObject({ ok: true });
    rig.watched.at(-1)?.(1);
    expect(await asked()).toMatchObject({ ok: false, error: { code: 'relay-run-over' } });
  });

  it('is when the app quits', async ({ rig }) => {
    await rig.startSession();
    const { env } = await handOff(rig, requestFor(rig, { accounts: ['222222222222'] }));
    await rig.broker.dispose();
    expect(await isOver(env)).toBe('over');
  });
});

it('a hand-off goes straight to STS where the command line asks for no relay, or the user has turned it off', async ({ rig }) => {
  await rig.startSession();
  const plain = await handOff(rig);
  expect([plain.relayRun, plain.env['AWS_ENDPOINT_URL_STS']]).toEqual([null, undefined]);
  rig.broker.settings.change({ relayRuns: false });
  const off = await handOff(rig, requestFor(rig, { accounts: ['222222222222'] }));
  expect([off.relayRun, off.env['AWS_ENDPOINT_URL_STS']]).toEqual([null, undefined]);
});

it('with the relay turned off, what may start Terraform still finds a guarded one', async ({ rig }) => {
  await rig.startSession();
  rig.broker.settings.change({ relayRuns: false });
  const answer = await rig.broker.apiHandlers['hand-off']({ profile: 'default', credentials: 'renewable', guards: true }, context());
  expect(answer).toMatchObject({ ok: true, value: { relayRun: null, guardFolder: expect.stringContaining('terminals') } });
});
