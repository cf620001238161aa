import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { lastAccountOf } from '../../core/sessions/accounts.ts';
import { LastingRefusals } from '../questions/lasting-refusals.ts';
import type { OpenQuestions } from '../questions/open-questions.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

type Parts = {
  readonly store: Pick<UiStateStore, 'content'>;
  readonly questions: Pick<OpenQuestions, 'ask'>;
  readonly now: () => number;
};

/** Asks the user where a foreign source begins to give credentials of another account than before: its word is not the user's. */
export class AccountChanges {
  readonly #parts: Parts;
  readonly #questions: LastingRefusals<{ readonly profile: string; readonly before: string; readonly accountId: string }>;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#questions = new LastingRefusals(({ profile, before, accountId }, answerBy, signal) => {
      const action = { verb: 'other-account', before } as const;
      return parts.questions.ask({ kind: 'action', profile, action, accountIds: [accountId], asker: null, answerBy }, signal);
    }, parts.now);
  }

  /**
   * A profile that was never used may lead anywhere. Fails with `foreign-account-refused` or `foreign-account-unanswered`,
   * `{profile, account, before}`.
   */
  async allow(profile: string, accountId: string, caller: { readonly byUser: boolean; readonly signal: AbortSignal }): Promise<Result<null>> {
    const before = lastAccountOf(profile, this.#parts.store.content.settings);
    if (before === null || before === accountId) return succeeded(null);
    const answer = await this.#questions.put(`${profile} ${accountId}`, { profile, before, accountId }, caller);
    if (answer === 'confirm') return succeeded(null);
    return failed(appError(answer === null ? 'foreign-account-unanswered' : 'foreign-account-refused', { profile, account: accountId, before }));
  }

  dispose(): void {
    this.#questions.dispose();
  }
}
