import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startLocalAws, type LocalAws } from '../../../testing/aws/local-aws.ts';
import { eventually } from '../../../testing/processes/eventually.ts';
import { hurried } from '../../../testing/processes/hurried.ts';
import { RelayRig } from '../../../testing/rigs/relay-rig.ts';
import type { Meant } from '../../core/relay/meant.ts';
import { SharedQuestions } from '../questions/shared-questions.ts';
import type { RelayPermission, RelayQuestion } from './questions.ts';

let aws: LocalAws;
let rig: RelayRig;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.close());
beforeEach(async () => {
  rig = await RelayRig.make(aws);
});
afterEach(() => rig.close());

const nothing: Meant = { kind: 'nothing', onTheWay: [], ofState: [], placed: [] };
const bound: Meant = { kind: 'bound', accountIds: ['222222222222'], onTheWay: [], ofState: [], placed: [] };
const answering = (permission: RelayPermission) => async () => permission;
const assume = (account: 'b' | 'c') => rig.sts().send(new AssumeRoleCommand({ RoleArn: aws.accounts[account].deployRoleArn, RoleSessionName: 'alice' }));
const sentence = (text: string) => ({ name: 'AccessDenied', message: expect.stringContaining(text) });

describe('a person is asked', () => {
  it('where nothing says which account is meant, once for all calls of the run', async () => {
    await rig.open({ meant: nothing });
    const answers: ((permission: RelayPermission) => void)[] = [];
    rig.person = () => new Promise((resolve) => answers.push(resolve));
    const calls = Promise.all(Array.from({ length: 20 }, () => assume('b')));
    await eventually(() => expect(rig.questions).toHaveLength(1));
    expect(rig.questions[0]).toMatchObject({
      profile: 'default',
      accountId: '222222222222',
      role: aws.accounts.b.deployRoleArn,
      program: 'terraform apply',
      folder: '/home/alice/deploy',
    });
    answers[0]?.('this-run');
    expect(await calls).toHaveLength(20);
    await assume('b');
    expect(rig.questions).toHaveLength(1);
    expect(rig.bound).toEqual([]);
  });

  it('and where a bug keeps it from that, the call ends, and the relay goes on', async () => {
    const bug = new Error('a bug');
    rig.person = () => Promise.reject(bug);
    await rig.open({ meant: nothing });
    await expect(assume('b')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(rig.bugs.splice(0)).toEqual([bug]);
    rig.person = answering('this-run');
    await assume('b');
  });

  it('about each account by itself', async () => {
    await rig.open({ meant: nothing });
    rig.person = async ({ accountId }) => (accountId === '222222222222' ? 'this-run' : 'refuse');
    await assume('b');
    await expect(assume('c')).rejects.toMatchObject(sentence('Account 333333333333 was refused for this run'));
    await expect(assume('c')).rejects.toMatchObject(sentence('Account 333333333333 was refused for this run'));
    expect(rig.questions.map(({ accountId }) => accountId)).toEqual(['222222222222', '333333333333']);
  });

  it('about an account that its folder is not bound to, and not about the bound one', async () => {
    await rig.open({ meant: bound });
    rig.person = answering('this-folder');
    await assume('b');
    expect(rig.questions).toEqual([]);
    await assume('c');
    expect(rig.bound).toEqual(['333333333333']);
  });

  it('about the account of the session itself, when a provider has no role', async () => {
    await rig.open({ meant: nothing });
    rig.person = answering('refuse');
    const provider = rig.sts(rig.session, { customUserAgent: 'terraform-provider-aws/5.100.0' });
    await expect(provider.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject(sentence('Account 111111111111 was refused'));
    expect(rig.questions).toMatchObject([{ accountId: '111111111111', role: null }]);
  });

  it('not where the account is stated: another one is simply refused', async () => {
    await rig.open();
    await expect(assume('c')).rejects.toMatchObject(sentence('it is meant for 222222222222'));
    expect(rig.questions).toEqual([]);
  });
});

describe('a question', () => {
  const question: RelayQuestion = { run: 'r', profile: 'p', accountId: '222222222222', role: null, program: null, folder: null, canBind: false, answerBy: 0 };
  const never = new AbortController().signal;

  it('that nobody answers is refused before the program gives up', async () => {
    let withdrawn = false;
    const questions = new SharedQuestions<RelayQuestion, RelayPermission>(
      (_, signal) => new Promise(() => signal.addEventListener('abort', () => (withdrawn = true))),
    );
    const { found, waited } = await hurried(() => questions.put(question.accountId, question, 50_000, never));
    expect(found).toBeNull();
    expect(waited).toBeGreaterThanOrEqual(50_000);
    expect(waited).toBeLessThan(60_000);
    expect(withdrawn).toBe(true);
  });

  it('is withdrawn when the last program that waits for it hangs up, and asked anew by the next', async () => {
    const signals: AbortSignal[] = [];
    const questions = new SharedQuestions<RelayQuestion, RelayPermission>((_, signal) => {
      signals.push(signal);
      return new Promise(() => {});
    });
    const [one, other] = [new AbortController(), new AbortController()];
    const waiting = [one, other].map(({ signal }) => questions.put(question.accountId, question, 50_000, signal));
    one.abort();
    expect(await waiting[0]).toBeNull();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    other.abort();
    expect(await waiting[1]).toBeNull();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    void questions.put(question.accountId, question, 1, never);
    expect(signals).toHaveLength(2);
  });
});
