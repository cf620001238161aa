import { beforeEach, describe, expect, it } from 'vitest';
import { held, profileWith, stateWith } from '../../../testing/samples/sample-state.ts';
import type { Permission } from '../../contract/question.ts';
import { UiStateStore } from '../state/ui-state-store.ts';
import { OpenQuestions } from './open-questions.ts';
import { QuitConfirmation } from './quit-confirmation.ts';

const keychainMissing = { kind: 'unavailable', error: { code: 'keychain-missing', params: {} } } as const;

let store: UiStateStore;
let questions: OpenQuestions;
let raised: number;
let runs: readonly string[];
let quitting: QuitConfirmation;

beforeEach(() => {
  store = new UiStateStore({ ...stateWith(profileWith({ kind: 'active', ...held })), keychain: { kind: 'available' } });
  raised = 0;
  runs = [];
  questions = new OpenQuestions(store, () => (raised += 1));
  quitting = new QuitConfirmation({ questions, store, runs: () => runs, now: () => 0 });
});

const answer = (permission: Permission) => questions.answer({ questionId: store.content.question?.questionId ?? '', permission });

describe('quitting', () => {
  it('quitting happens at once where nothing would be lost', async () => {
    expect(await quitting.mayQuit()).toBe(true);
    expect(raised).toBe(0);
  });

  it('quitting is asked about once where a session is in memory only, and happens when the user says so', async () => {
    store.change({ keychain: keychainMissing });
    const first = quitting.mayQuit();
    expect(store.content.question).toMatchObject({ kind: 'quit', sessions: ['default'], waiting: [], runs: [], answerBy: 120_000 });
    const { question } = store.content;
    expect(await quitting.mayQuit()).toBe(false);
    expect([store.content.question, raised]).toEqual([question, 2]);
    answer('quit');
    expect(await first).toBe(true);
  });

  it('quitting is off when the user keeps the app running, and is asked about again the next time', async () => {
    runs = ['terraform apply'];
    const first = quitting.mayQuit();
    answer('refuse');
    expect(await first).toBe(false);
    const again = quitting.mayQuit();
    expect(store.content.question).toMatchObject({ kind: 'quit', runs: ['terraform apply'] });
    answer('quit');
    expect(await again).toBe(true);
  });

  it('quitting is asked about before a question that is open, which comes back where the app keeps running', async () => {
    const asker = { pid: 7, command: 'terraform plan', folder: null, executable: null, verified: true, peer: null };
    const open = questions.ask({ kind: 'program', profile: 'default', accountId: '111111111111', asker, answerBy: 1 }, new AbortController().signal);
    const wish = quitting.mayQuit();
    expect(store.content.question).toMatchObject({ kind: 'quit', waiting: ['terraform plan'] });
    answer('refuse');
    expect(await wish).toBe(false);
    await Promise.resolve();
    expect(store.content.question).toMatchObject({ kind: 'program' });
    answer('allow');
    expect(await open).toBe('allow');
  });
});
