import { describe, expect } from 'vitest';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import type { ProgramQuestion } from '../../contract/question.ts';
import { readOnlyPolicies } from '../../core/sessions/session-policies.ts';

const it = withBroker(({ accounts }) => ({ config: `[profile deploy]\nrole_arn = ${accounts.b.deployRoleArn}\nsource_profile = default\n` }));

const context = (signal = new AbortController().signal) => ({ signal });
const ask = (rig: BrokerRig, pid?: number, profile = 'default', signal?: AbortSignal) =>
  rig.broker.apiHandlers['credential-process']({ profile, pid, waitSeconds: 20 }, context(signal));

function asked(rig: BrokerRig, profile = 'default'): Promise<ProgramQuestion> {
  return rig.shows('a question about a program', ({ question }) => (question?.kind === 'program' && question.profile === profile ? question : undefined));
}

const answer = (rig: BrokerRig, { questionId }: ProgramQuestion, permission: 'allow' | 'refuse'): void =>
  rig.broker.commands.answerQuestion({ questionId, permission });

describe('where the user wants to be asked for each program', () => {
  it('nobody is asked by default', async ({ rig }) => {
    await rig.startSession();
    expect(await ask(rig, process.pid)).toMatchObject({ ok: true });
    expect(rig.store.state.question).toBeNull();
  });

  it('a program is asked for once, with all of its calls, as long as the session lasts', async ({ rig }) => {
    rig.broker.settings.change({ askPrograms: true });
    await rig.startSession();
    const calls = Promise.all([ask(rig, process.pid), ask(rig, process.pid), ask(rig, process.pid)]);
    const question = await asked(rig);
    expect(question).toMatchObject({ accountId: '111111111111', asker: { pid: process.pid, command: 'terraform plan', verified: false } });
    answer(rig, question, 'allow');
    expect((await calls).map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(await ask(rig, process.pid)).toMatchObject({ ok: true });
    // A role session is made from the same one, and has no question of its own.
    expect(await ask(rig, process.pid, 'deploy')).toMatchObject({ ok: true });
    expect(rig.store.state.question).toBeNull();

    await rig.startSession();
    const again = ask(rig, process.pid);
    answer(rig, await asked(rig), 'refuse');
    expect(await again).toMatchObject({ ok: false, error: { code: 'program-refused', params: { profile: 'default' } } });
  });

  it('another program in another folder is asked for by itself, and a refusal is no permit', async ({ rig }) => {
    rig.broker.settings.change({ askPrograms: true });
    await rig.startSession();
    const first = ask(rig, process.pid);
    answer(rig, await asked(rig), 'allow');
    await first;
    rig.program = async (pid) => ({ pid, command: 'terraform plan', folder: '/tmp' });
    for (const _ of [1, 2]) {
      const other = ask(rig, process.pid);
      answer(rig, await asked(rig), 'refuse');
      expect(await other).toMatchObject({ ok: false });
    }
  });

  it('a permit for a limited session is none for the whole one', async ({ rig }) => {
    rig.broker.settings.change({ askPrograms: true });
    await rig.startSession();
    const handOff = (limited: object) =>
      rig.broker.apiHandlers['hand-off']({ profile: 'deploy', credentials: 'static', pid: process.pid, ...limited }, context());
    for (const limited of [{ policies: readOnlyPolicies }, {}]) {
      const first = handOff(limited);
      answer(rig, await asked(rig, 'deploy'), 'allow');
      expect(await first).toMatchObject({ ok: true });
      expect(await handOff(limited)).toMatchObject({ ok: true });
    }
  });

  it('a program of which nothing is known is asked for each time, and its question goes when it hangs up', async ({ rig }) => {
    rig.broker.settings.change({ askPrograms: true });
    await rig.startSession();
    const first = ask(rig);
    answer(rig, await asked(rig), 'allow');
    expect(await first).toMatchObject({ ok: true });
    const gone = new AbortController();
    const second = ask(rig, undefined, 'default', gone.signal);
    await asked(rig);
    gone.abort();
    expect(await second).toMatchObject({ ok: false, error: { code: 'program-unanswered', params: { seconds: 20 } } });
    expect(rig.store.state.question).toBeNull();
  });
});

describe('a program that gets a session for the first time', () => {
  it('is told of once, and its executable alone is remembered', async ({ rig }) => {
    const told: unknown[] = [];
    rig.broker.newPrograms.onNew((program) => told.push(program));
    await rig.startSession();
    for (const _ of [1, 2]) await ask(rig, process.pid);
    await rig.startSession();
    await ask(rig, process.pid);
    expect(told).toMatchObject([{ profile: 'default', accountId: '111111111111', program: { pid: process.pid, command: 'terraform plan' } }]);
    const [executable, ...others] = rig.store.content.settings.knownPrograms;
    expect([executable, others]).toEqual([process.platform === 'linux' ? process.execPath : 'terraform', []]);
  });

  it('pushes the oldest off a list that is full', async ({ rig }) => {
    rig.broker.settings.keepKnownPrograms(Array.from({ length: 200 }, (_, index) => `/bin/${index}`));
    await rig.startSession();
    await ask(rig, process.pid);
    const { knownPrograms } = rig.store.content.settings;
    expect([knownPrograms.length, knownPrograms.includes('/bin/199'), knownPrograms.includes('/bin/198')]).toEqual([200, false, true]);
  });
});
