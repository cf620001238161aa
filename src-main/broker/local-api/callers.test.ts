import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { eventually } from '../../../testing/processes/eventually.ts';
import { runProgram } from '../../../testing/processes/run-program.ts';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { serveBroker } from '../../../testing/rigs/served-broker.ts';
import { callingProgram } from '../../platform/programs/calling-program.ts';

const canAsk = process.platform === 'linux' && ['/usr/bin/ss', '/bin/ss'].some((file) => existsSync(file));

/** The broker at a real socket, real processes that ask it with curl, and one that has nothing to do with it. */
const it = withBroker()
  .extend('ask', async ({ rig }, { onCleanup }) => {
    rig.program = callingProgram;
    const { socket, dispose } = await serveBroker(rig);
    onCleanup(dispose);
    return (name: string, fields: string, ...more: readonly string[]) =>
      runProgram('curl', ['-q', '--silent', '--unix-socket', socket, ...more, `http://localhost/v1/${name}${fields}`], { env: process.env });
  })
  .extend('stranger', async ({}, { onCleanup }) => {
    const child = spawn('sleep', ['600']);
    onCleanup(() => void child.kill());
    return child.pid ?? 0;
  });

/** Who got the session, as the history says, as soon as there are so many. */
function recipients(rig: BrokerRig, count: number) {
  return eventually(async () => {
    const answer = await rig.broker.apiHandlers.history({ limit: 20 }, { signal: new AbortController().signal });
    const [session] = answer.ok ? answer.value.records : [];
    const found = session?.record === 'session' ? session.handOffs.map(({ program }) => program) : [];
    if (found.length < count) throw new Error(`${found.length} hand-offs, not ${count}`);
    return found;
  });
}

const curl = { pid: expect.any(Number) as number, command: 'curl' };

describe.runIf(canAsk)('a program that asks by the local API', () => {
  it('is believed where it names itself, or what started it', async ({ rig, ask }) => {
    await rig.startSession();
    await ask('credential-process', `?profile=default&pid=${process.pid}`);
    const [program] = await recipients(rig, 1);
    expect(program).toMatchObject({ pid: process.pid, verified: true, peer: null });
  });

  it('is recorded as unverified, with what is really connected, where it names somebody else', async ({ rig, ask, stranger }) => {
    await rig.startSession();
    await ask('credential-process', `?profile=default&pid=${stranger}`);
    expect(await recipients(rig, 1)).toMatchObject([{ pid: stranger, command: 'sleep', verified: false, peer: curl }]);
  });

  it('is recorded as what is connected where it names nobody', async ({ rig, ask }) => {
    await rig.startSession();
    await ask('credential-process', '?profile=default');
    expect(await recipients(rig, 1)).toMatchObject([{ ...curl, verified: true, peer: null }]);
  });

  it('has the kernel asked for the first line of the ledger only, however often it asks', async ({ rig, ask, stranger }) => {
    await rig.startSession();
    for (let times = 0; times < 4; times += 1) await ask('credential-process', `?profile=default&pid=${process.pid}`);
    expect(rig.looks).toBe(1);
    await ask('credential-process', `?profile=default&pid=${stranger}`);
    expect(rig.looks).toBe(2);
  });

  it('is shown as unverified in the prompt, beside the one that it poses as', async ({ rig, ask, stranger }) => {
    const asked = ask('credential-process', `?profile=default&pid=${stranger}`);
    const waiting = await rig.shows('who waits', ({ prompt }) => prompt?.waiting[0]);
    expect(waiting).toMatchObject({ pid: stranger, command: 'sleep', verified: false, peer: curl });
    rig.cancelPrompt();
    await asked;
  });

  it('is shown as unverified in a question, and with a command of its own word in the ledger of an exec', async ({ rig, ask, stranger }) => {
    await rig.startSession();
    const json = ['--header', 'content-type: application/json', '--data'];
    const asked = ask('rotate', '', ...json, JSON.stringify({ profile: 'default', pid: stranger }));
    const question = await rig.shows('a question', ({ question: shown }) => (shown?.kind === 'action' ? shown : undefined));
    expect(question.asker).toMatchObject({ pid: stranger, verified: false, peer: curl });
    rig.broker.commands.answerQuestion({ questionId: question.questionId, permission: 'refuse' });
    await asked;
    const program = { command: 'terraform plan', folder: '/home/alice/infra' };
    await ask('hand-off', '', ...json, JSON.stringify({ profile: 'default', credentials: 'renewable', pid: stranger, program }));
    await ask('hand-off', '', ...json, JSON.stringify({ profile: 'default', credentials: 'renewable', pid: process.pid, program }));
    expect(await recipients(rig, 2)).toMatchObject([
      { ...program, pid: stranger, verified: false, peer: curl },
      { ...program, pid: process.pid, verified: true, peer: null },
    ]);
  });
});
