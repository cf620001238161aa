import { beforeEach, expect, it } from 'vitest';
import { sampleDesktop } from '../../../testing/samples/sample-state.ts';
import { Settings } from '../../contract/settings.ts';
import { initialContent, UiStateStore } from '../state/ui-state-store.ts';
import type { AnswerTo, Permission } from '../../contract/question.ts';
import { OpenQuestions } from './open-questions.ts';

const files = { config: '/home/alice/.aws/config', credentials: '/home/alice/.aws/credentials' };

let store: UiStateStore;
let questions: OpenQuestions;
let raised: number;
let run: AbortController;

beforeEach(() => {
  const settings = Settings.parse({ accounts: { '222222222222': { alias: 'prod-eu', color: null, production: true } } });
  store = new UiStateStore(initialContent({ settings, language: 'en' }, { files, desktop: sampleDesktop }));
  raised = 0;
  run = new AbortController();
  questions = new OpenQuestions(store, () => (raised += 1));
});

function ask(accountId: string): Promise<AnswerTo<'account'> | null> {
  return questions.ask(
    {
      kind: 'account',
      profile: 'default',
      accountId,
      role: `arn:aws:iam::${accountId}:role/deploy`,
      program: 'terraform apply',
      folder: '/home/alice/deploy',
      canBind: true,
      answerBy: 100_000,
    },
    run.signal,
  );
}

function askToBind(accountIds: readonly string[]): Promise<AnswerTo<'action'> | null> {
  const action = { verb: 'bind', folder: '/home/alice/deploy', workspace: 'default' } as const;
  return questions.ask({ kind: 'action', profile: 'default', action, accountIds, asker: null, answerBy: 100_000 }, run.signal);
}

function answer(permission: Permission, typed?: string): void {
  questions.answer({ questionId: shown()?.questionId ?? '', permission, ...(typed !== undefined && { typed }) });
}

/** The account of a question about one. */
const accountAsked = () => {
  const question = shown();
  return question?.kind === 'account' ? question.accountId : null;
};

const shown = () => store.state.question;

it('a question is shown with all that the user judges it by, and its window is raised', () => {
  void ask('333333333333');
  expect(shown()).toEqual({
    kind: 'account',
    questionId: expect.any(String),
    profile: 'default',
    accountId: '333333333333',
    role: 'arn:aws:iam::333333333333:role/deploy',
    program: 'terraform apply',
    folder: '/home/alice/deploy',
    canBind: true,
    answerBy: 100_000,
  });
  expect(store.state.accounts).toHaveProperty('333333333333');
  expect(raised).toBe(1);
});

it.each(['this-run', 'this-folder', 'refuse'] as const)('the run gets the answer %s, and the window closes', async (permission) => {
  const answered = ask('333333333333');
  answer(permission);
  expect(await answered).toBe(permission);
  expect(shown()).toBeNull();
});

it('a production account is allowed only with its name typed, and can be refused without it', async () => {
  const first = ask('222222222222');
  answer('this-run');
  answer('this-run', 'prod');
  expect(shown()).not.toBeNull();
  answer('this-run', 'prod-eu');
  expect(await first).toBe('this-run');
  const second = ask('222222222222');
  answer('refuse');
  expect(await second).toBe('refuse');
});

it('of several questions the next is shown once the one before is answered, in a window of its own', async () => {
  const [first, second] = [ask('333333333333'), ask('444444444444')];
  answer('this-run');
  expect(shown()).toBeNull();
  await first;
  expect(accountAsked()).toBe('444444444444');
  expect(raised).toBe(2);
  answer('refuse');
  expect(await second).toBe('refuse');
});

it('an answer to a question that is no longer asked changes nothing', async () => {
  const first = ask('333333333333');
  const { questionId = '' } = shown() ?? {};
  answer('refuse');
  await first;
  void ask('444444444444');
  questions.answer({ questionId, permission: 'this-run' });
  expect(accountAsked()).toBe('444444444444');
});

it('a question is withdrawn when nobody waits for it any more', async () => {
  const asked = ask('333333333333');
  run.abort();
  expect(await asked).toBeNull();
  expect(shown()).toBeNull();
  expect(await ask('333333333333')).toBeNull();
  expect(shown()).toBeNull();
});

it('questions of different kinds stand in one row, and each takes only its own answers', async () => {
  const [bound, allowed] = [askToBind(['333333333333']), ask('444444444444')];
  answer('this-run');
  expect(shown()).toMatchObject({ kind: 'action', accountIds: ['333333333333'] });
  answer('confirm');
  expect(await bound).toBe('confirm');
  await Promise.resolve();
  expect(accountAsked()).toBe('444444444444');
  answer('confirm');
  expect(accountAsked()).toBe('444444444444');
  answer('this-folder');
  expect(await allowed).toBe('this-folder');
});

it('about several accounts the names of all that are production have to be typed', async () => {
  store.change({
    settings: {
      ...store.content.settings,
      accounts: { ...store.content.settings.accounts, '444444444444': { name: null, alias: null, color: null, production: true } },
    },
  });
  const bound = askToBind(['222222222222', '333333333333', '444444444444']);
  answer('confirm', 'prod-eu');
  expect(shown()).not.toBeNull();
  answer('confirm', 'prod-eu, 444444444444');
  expect(await bound).toBe('confirm');
});
