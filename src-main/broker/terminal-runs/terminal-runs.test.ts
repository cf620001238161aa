import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect } from 'vitest';
import { eventually } from '../../../testing/processes/eventually.ts';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import type { TerminalCredentials } from '../../contract/settings.ts';

const it = withBroker(() => ({ hasTerminal: true }));
const context = { signal: new AbortController().signal };

type Env = Readonly<Record<string, string>>;

/** Opens a terminal in a folder below the rig's, which holds a project that means account B where it has `main.tf`. */
async function terminal(rig: BrokerRig, { credentials = 'renewable', folder }: { readonly credentials?: TerminalCredentials; readonly folder?: string } = {}) {
  await rig.broker.handOffs.openTerminal({ profile: 'default', credentials, ...(folder === undefined ? {} : { folder }) });
  expect(rig.store.state.notice).toMatchObject({ kind: 'terminal-opened' });
  return environmentOf(rig);
}

function environmentOf(rig: BrokerRig): Env {
  const launch = rig.terminals.at(-1);
  return Object.fromEntries(launch?.variables ?? []);
}

async function project(rig: BrokerRig): Promise<string> {
  const folder = join(rig.store.state.files.config, '..', 'deploy');
  await mkdir(folder);
  await writeFile(join(folder, 'main.tf'), 'provider "aws" {\n  allowed_account_ids = ["222222222222"]\n}\nresource "aws_sqs_queue" "a" {}\n');
  return folder;
}

/** As a program in the terminal does, which asks for its session first. */
async function assume(rig: BrokerRig, env: Env, account: 'b' | 'c') {
  const held = rig.credentials();
  if (held === null) throw new Error('no session');
  const run = env['STS_TRAY_RUN'];
  const asked =
    env['AWS_PROFILE'] === undefined ? null : await rig.broker.apiHandlers['credential-process']({ profile: 'default', ...(run ? { run } : {}) }, context);
  if (asked?.ok === false) throw new Error(asked.error.code);
  const sts = new STSClient({ endpoint: env['AWS_ENDPOINT_URL_STS'] ?? '', region: 'us-east-1', maxAttempts: 1, credentials: { ...held } });
  return (await sts.send(new AssumeRoleCommand({ RoleArn: rig.aws.accounts[account].deployRoleArn, RoleSessionName: 'alice' }))).AssumedRoleUser?.Arn;
}

async function answerQuestion(rig: BrokerRig, permission: 'this-run' | 'this-folder' | 'refuse'): Promise<string> {
  const question = await eventually(() => rig.store.state.question ?? Promise.reject(new Error('nothing is asked')));
  rig.broker.commands.answerQuestion({ questionId: question.questionId, permission });
  return question.kind === 'account' ? question.accountId : question.kind;
}

const kept = (rig: BrokerRig) => readFile(join(rig.store.state.files.config, '..', 'data', 'terminals', 'relay.json'), 'utf8');

describe('a guarded terminal', () => {
  it.for(['renewable', 'static'] as const)(
    'a guarded terminal has a run of its own: what its folder says is meant, and about another account the user is asked (%s)',
    async (credentials, { rig }) => {
      await rig.startSession();
      const env = await terminal(rig, { credentials, folder: await project(rig) });
      expect(await assume(rig, env, 'b')).toContain('222222222222');
      const elsewhere = assume(rig, env, 'c');
      expect(await answerQuestion(rig, 'refuse')).toBe('333333333333');
      await expect(elsewhere).rejects.toThrow('Account 333333333333 was refused for this run');
    },
  );

  it('a guarded terminal asks again about an account that was refused, after the minute in which the same program would', async ({ rig }) => {
    await rig.startSession();
    const env = await terminal(rig);
    const first = assume(rig, env, 'c');
    await answerQuestion(rig, 'refuse');
    await expect(first).rejects.toThrow('Account 333333333333 was refused');
    await expect(assume(rig, env, 'c')).rejects.toThrow('Account 333333333333 was refused');
    rig.ahead = 61_000;
    const later = assume(rig, env, 'c');
    await answerQuestion(rig, 'this-run');
    expect(await later).toContain('333333333333');
  });

  it('a guarded terminal asks about each account that its folder is not for, and binds no folder, since programs in it may run in another one', async ({
    rig,
  }) => {
    await rig.startSession();
    const home = assume(rig, await terminal(rig), 'b');
    await answerQuestion(rig, 'this-run');
    expect(await home).toContain('222222222222');

    const folder = await project(rig);
    const elsewhere = assume(rig, await terminal(rig, { folder }), 'c');
    expect(await eventually(() => rig.store.state.question ?? Promise.reject(new Error('nothing is asked')))).toMatchObject({ folder, canBind: false });
    await answerQuestion(rig, 'this-folder');
    expect(await elsewhere).toContain('333333333333');
    const again = assume(rig, await terminal(rig, { folder }), 'c');
    await answerQuestion(rig, 'refuse');
    await expect(again).rejects.toThrow('Account 333333333333 was refused');
  });

  it('the run of a guarded terminal is over when the last process in it has ended', async ({ rig }) => {
    await rig.startSession();
    const env = await terminal(rig, { folder: await project(rig) });
    expect(await kept(rig)).toContain(env['STS_TRAY_RUN']);
    rig.closeTerminal();
    await eventually(() => expect(kept(rig)).rejects.toThrow('ENOENT'));
    await expect(assume(rig, env, 'b')).rejects.toThrow('relay-run-over');
  });

  it('a terminal that does not open, and one of which nobody could see the end, leaves no run behind', async ({ rig, startRig }) => {
    await rig.startSession();
    rig.fifo = null;
    await rig.broker.handOffs.openTerminal({ profile: 'default' });
    expect(rig.store.state.notice).toMatchObject({ kind: 'failed', error: { code: 'relay-not-opened', params: { reason: 'mkfifo' } } });
    const without = await startRig({});
    await without.startSession();
    await without.broker.handOffs.openTerminal({ profile: 'default' });
    expect(without.store.state.notice).toMatchObject({ kind: 'failed', error: { code: 'terminal-none' } });
    await expect(kept(without)).rejects.toThrow('ENOENT');
  });

  it('a terminal is as it was without the relay where the user has turned it off, or the guard of terminals', async ({ rig }) => {
    await rig.startSession();
    rig.broker.settings.change({ relayRuns: false });
    expect(await terminal(rig)).not.toHaveProperty('AWS_ENDPOINT_URL_STS');
    expect(environmentOf(rig)).toHaveProperty('STS_TRAY_GUARD', 'default');
    rig.broker.settings.change({ relayRuns: true, guardTerminals: false });
    expect(await terminal(rig)).not.toHaveProperty('AWS_ENDPOINT_URL_STS');
    expect(rig.terminals.at(-1)).toMatchObject({ pathFirst: null, runFifo: null });
  });
});

describe('a guarded terminal that outlives the app', () => {
  it('a guarded terminal goes on at its address after the app was started anew, with the session that is there by then, and its token is in no file', async ({
    rig,
  }) => {
    await rig.startSession();
    const env = await terminal(rig, { folder: await project(rig) });
    expect(await kept(rig)).not.toContain(env['AWS_ENDPOINT_URL_STS']?.split('/').at(-1));
    const next = await rig.restarted();
    try {
      next.aws.forgetUsedCodes();
      await next.startSession();
      expect(await assume(next, env, 'b')).toContain('222222222222');
      const elsewhere = assume(next, env, 'c');
      await answerQuestion(next, 'refuse');
      await expect(elsewhere).rejects.toThrow('333333333333');
    } finally {
      await next.broker.dispose();
    }
  });

  it('a program in a guarded terminal finds nobody while the app is away, and nothing gets past', async ({ rig }) => {
    await rig.startSession();
    const env = await terminal(rig, { credentials: 'static' });
    const session = rig.credentials();
    await rig.broker.dispose();
    const sts = new STSClient({
      endpoint: env['AWS_ENDPOINT_URL_STS'] ?? '',
      region: 'us-east-1',
      maxAttempts: 1,
      credentials: session ?? { accessKeyId: '', secretAccessKey: '' },
    });
    await expect(sts.send(new AssumeRoleCommand({ RoleArn: rig.aws.accounts.b.deployRoleArn, RoleSessionName: 'alice' }))).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });

  it('a program in a guarded terminal gets no session any more where another program has its port, and the user is told', async ({ rig }) => {
    await rig.startSession();
    const env = await terminal(rig, { folder: await project(rig) });
    const port = Number(new URL(env['AWS_ENDPOINT_URL_STS'] ?? '').port);
    await rig.broker.dispose();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    try {
      const next = await rig.restarted();
      expect(next.lost).toEqual({ code: 'terminal-relay-lost', params: { port } });
      next.aws.forgetUsedCodes();
      await next.startSession();
      await expect(assume(next, env, 'b')).rejects.toThrow('relay-run-over');
      await next.broker.dispose();
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });
});
