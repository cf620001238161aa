import { beforeEach, expect, it } from 'vitest';
import { Settings } from '../../contract/settings.ts';
import { initialContent, UiStateStore } from '../state/ui-state-store.ts';
import { AccountQuestions } from './account-questions.ts';
import type { RelayPermission, RelayQuestion } from './questions.ts';

const files = { config: '/home/alice/.aws/config', credentials: '/home/alice/.aws/credentials' };
const desktop = { platform: 'linux', tray: 'shown', dataFolder: '/data', home: '/home/alice', unofficialRuntime: null } as const;

let store: UiStateStore;
let questions: AccountQuestions;
let raised: number;
let run: AbortController;

beforeEach(() => {
  const settings = Settings.parse({ accounts: { '222222222222': { alias: 'prod-eu', color: null, production: true } } });
  store = new UiStateStore(initialContent({ settings, language: 'en' }, { files, desktop }));
  raised = 0;
  run = new AbortController();
  questions = new AccountQuestions(store, () => (raised += 1));
});

function ask(accountId: string): Promise<RelayPermission> {
  const question: RelayQuestion = {
    run: 'run',
    profile: 'default',
    accountId,
    role: `arn:aws:iam::${accountId}:role/deploy`,
    program: 'terraform apply',
    folder: '/home/alice/deploy',
    canBind: true,
    answerBy: 100_000,
  };
  return questions.ask(question, run.signal);
}

function answer(permission: RelayPermission, typed?: string): void {
  questions.answer({ questionId: shown()?.questionId ?? '', permission, ...(typed !== undefined && { typed }) });
}

const shown = () => store.state.question;

it('a question is shown with all that the user judges it by, and its window is raised', () => {
  void ask('333333333333');
  expect(shown()).toEqual({
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
  expect(shown()?.accountId).toBe('444444444444');
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
  expect(shown()?.accountId).toBe('444444444444');
});

it('a question is withdrawn when its run no longer waits', async () => {
  const asked = ask('333333333333');
  run.abort(new Error('over'));
  await expect(asked).rejects.toThrow('over');
  expect(shown()).toBeNull();
  await expect(ask('333333333333')).rejects.toThrow('over');
  expect(shown()).toBeNull();
});
